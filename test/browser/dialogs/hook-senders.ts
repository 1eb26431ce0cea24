import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { newApiKey } from '../../../src/inbound/authenticators/new-api-key.ts';
import type { Editor } from '../../support/editor.ts';
import type { Credentials } from '../../support/node-red.ts';
import { hook, signingSecret } from './fixtures.ts';
import { openHookTab } from './hook-dialog.ts';

const stored = newApiKey();
const login = { username: 'hook-user', password: 'sesame' };

export const hookSendersFlows = [
  hook('new-keys', { auth: 'api-key' }),
  hook('kept-keys', { auth: 'api-key', role: 'surveys' }),
  hook('limited-hook'),
  hook('twice-hook'),
  hook('env-hook', { dedupe: '${DEDUPE}' }),
  { ...signingSecret('id-secret'), scheme: 'standard-webhooks' },
  signingSecret('no-id-secret'),
];
export const hookSendersCredentials: Credentials = {
  'limited-hook': login,
  'twice-hook': login,
  'env-hook': login,
  'kept-keys': {
    apiKeys: JSON.stringify([
      { id: '1', name: 'shop', hash: stored.hash, roles: ['surveys'] },
      { id: '2', name: 'crm', hash: newApiKey().hash, roles: ['surveys', 'contacts'] },
    ]),
  },
  'id-secret': { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  'no-id-secret': { secret: 'shared with the sender' },
};

/** What a person sees of who may send to an inbound hook, and of how its events are kept. */
export function hookSenders(editor: () => Editor): void {
  const rows = () => editor().page.locator('.survey-hooks-key');
  /** The status that the hook answers with when the flows run again. */
  const send = async (path: string, key: string): Promise<number> => {
    const { status } = await fetch(`${editor().nodeRed.url}/hooks/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{}',
    });
    if (status !== 503) return status;
    await setTimeout(50);
    return send(path, key);
  };

  it('makes a key that is seen once, and lets its sender in from Deploy on', async () => {
    const noKeys = editor().page.locator('[data-i18n$="notice.noKeys"]');
    await editor().open('new-keys');
    await openHookTab(editor(), 'senders');
    assert.equal(await noKeys.isVisible(), true);
    assert.equal(await editor().isMarked('node-input-apiKeys'), true);
    await editor().field('inbound-hook-in-add-key').click();
    const key = await editor().page.locator('[data-field=key]').innerText();
    assert.match(key, /^shk_[\w-]{43}$/);
    assert.equal(await noKeys.isVisible(), false);
    assert.equal(await editor().isMarked('node-input-apiKeys'), false);
    await rows().locator('[data-field=name]').fill('Shop');
    await openHookTab(editor(), 'address');
    const curl = (await editor().field('inbound-hook-in-curl').textContent()) ?? '';
    assert.ok(curl.includes(`-H 'Authorization: Bearer ${key}'`), curl);
    assert.equal(await send('new-keys', key), 401);
    await editor().done();
    await editor().deploy();
    assert.equal(await send('new-keys', key), 200);
    const credentials = await editor().nodeRed.admin('credentials/inbound-hook-in/new-keys');
    assert.ok(credentials.text.includes('Shop') && !credentials.text.includes(key));
    assert.ok(!JSON.stringify(await editor().exported()).includes('sha256:'));

    await editor().open('new-keys');
    assert.ok(!(await editor().page.content()).includes(key));
    const later = (await editor().field('inbound-hook-in-curl').textContent()) ?? '';
    assert.ok(later.includes("-H 'Authorization: Bearer KEY'"), later);
    await editor().cancel();
  });

  it('revokes one key, and says which ones lack the role', async () => {
    await editor().open('kept-keys');
    await openHookTab(editor(), 'senders');
    const notes = rows().locator('[data-field=note]');
    assert.deepEqual(await rows().locator('[data-field=name]').evaluateAll(valuesOf), ['shop', 'crm']);
    await editor().type('node-input-role', 'contacts');
    assert.deepEqual(await notes.allInnerTexts(), ['Without the role “contacts” this key gets a 403.', '']);
    await editor().type('node-input-role', 'tickets');
    assert.equal(await editor().isMarked('node-input-apiKeys'), true);
    await editor().type('node-input-role', 'surveys');
    assert.equal(await editor().isMarked('node-input-apiKeys'), false);
    assert.equal(await send('kept-keys', stored.key.reveal()), 200);
    await rows().first().locator('[data-field=revoke]').click();
    assert.equal(await rows().count(), 1);
    await editor().done();
    await editor().deploy();
    assert.equal(await send('kept-keys', stored.key.reveal()), 401);
  });

  it('says what holds under the settings of Node-RED', async () => {
    await editor().open('limited-hook');
    await openHookTab(editor(), 'senders');
    const lines = await editor().page.locator('#inbound-hook-in-host li').allInnerTexts();
    assert.equal(lines.length, 2);
    assert.match(lines.join(' '), /httpNodeCors is not set.*trust proxy/);
    await editor().cancel();
  });

  it('marks limits and headers that cannot be', async () => {
    await editor().open('limited-hook');
    await editor().type('node-input-auth', 'api-key');
    for (const [name, bad, good] of [
      ['allowedIps', '10.0.0.0/33', '10.0.0.0/8, 2001:db8::1'],
      ['allowedIps', 'example.com', '${SENDERS}'],
      ['ratePerSecond', '-1', '0.5'],
      ['apiKeyHeader', 'X Key', 'X-Key'],
      ['apiKeyHeader', 'Host', ''],
      ['dedupeWindow', '0s', '7d'],
    ] as const) {
      await editor().type(`node-input-${name}`, bad);
      assert.equal(await editor().isMarked(`node-input-${name}`), true, bad);
      await editor().type(`node-input-${name}`, good);
      assert.equal(await editor().isMarked(`node-input-${name}`), false, good);
    }
    await editor().cancel();
  });

  it('composes what tells events apart, and takes the signed id only where one is signed', async () => {
    const choose = (by: string) => editor().field('inbound-hook-in-dedupe').selectOption(by);
    const isWrong = () => editor().isMarked('node-input-dedupe');
    await editor().open('twice-hook');
    await openHookTab(editor(), 'answer');
    assert.equal(await editor().field('node-input-dedupeWindow').isVisible(), false);
    await choose('payload');
    assert.equal(await editor().isMarked('inbound-hook-in-dedupe-place'), true);
    await editor().type('inbound-hook-in-dedupe-place', 'event.id');
    assert.equal(await editor().value('node-input-dedupe'), 'payload:event.id');
    assert.equal(await editor().isMarked('inbound-hook-in-dedupe-place'), false);
    assert.equal(await editor().field('node-input-dedupeWindow').isVisible(), true);
    await choose('signature');
    assert.equal(await isWrong(), true);
    await editor().type('node-input-signing', 'no-id-secret');
    await choose('signature');
    assert.equal(await isWrong(), true);
    await editor().type('node-input-signing', 'id-secret');
    await choose('signature');
    assert.equal(await isWrong(), false);
    await editor().done();
    assert.equal((await editor().node('twice-hook')).dedupe, 'signature');
  });

  it('keeps a setting that an environment variable holds', async () => {
    await editor().open('env-hook');
    await openHookTab(editor(), 'answer');
    assert.equal(await editor().value('inbound-hook-in-dedupe'), 'text');
    assert.equal(await editor().value('inbound-hook-in-dedupe-place'), '${DEDUPE}');
    await editor().done();
    assert.equal((await editor().node('env-hook')).dedupe, '${DEDUPE}');
  });

  it('says of a hook what keeping its events costs and gives', async () => {
    const isShown = (name: string) => editor().page.locator(`[data-i18n$="${name}"]`).isVisible();
    await editor().open('limited-hook');
    await openHookTab(editor(), 'answer');
    assert.deepEqual(await Promise.all(['hint.durable', 'hint.notDurable'].map(isShown)), [true, false]);
    await editor().field('node-input-durable').uncheck();
    assert.deepEqual(await Promise.all(['hint.durable', 'hint.notDurable'].map(isShown)), [false, true]);
    await editor().field('node-input-respond').selectOption('flow');
    assert.equal(await editor().field('node-input-durable').isVisible(), false);
    await editor().cancel();
  });
}

const valuesOf = (inputs: Element[]): string[] => inputs.map((input) => (input as HTMLInputElement).value);
