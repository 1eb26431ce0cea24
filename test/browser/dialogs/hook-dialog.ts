import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { Credentials } from '../../support/node-red.ts';
import { hook, signingSecret } from './fixtures.ts';

export const hookFlows = [
  hook('known-hook'),
  hook('kept-hook'),
  hook('original-hook'),
  signingSecret('hook-secret'),
  hook('open-hook', { auth: 'none', signing: undefined }),
  hook('signed-hook', { auth: 'none', signing: 'hook-secret' }),
];

const login = { username: 'hook-user', password: 'sesame' };
export const hookCredentials: Credentials = {
  'known-hook': login,
  'kept-hook': login,
  'original-hook': login,
  'hook-secret': { secret: 'shared with the sender' },
};

export const openHookTab = (editor: Editor, name: string): Promise<void> =>
  editor.page.locator(`[href="#inbound-hook-in-tab-${name}"]`).click();

/** What a person sees of an inbound hook. */
export function hookDialog(editor: () => Editor): void {
  it('gives a new hook a path, a user name and a password, and shows the line that calls it', async () => {
    const id = await editor().add('inbound-hook-in');
    await editor().open(id);
    const [path, username, password] = await Promise.all([
      editor().value('node-input-path'),
      editor().value('node-input-username'),
      editor().value('node-input-password'),
    ]);
    assert.match(path, /^\/hooks\/[\w-]{22}$/);
    assert.match(username, /^hook-[\w-]{8}$/);
    assert.match(password, /^[\w-]{32}$/);
    const url = `${editor().nodeRed.url}${path}`;
    assert.equal(await editor().field('inbound-hook-in-url').textContent(), url);
    const curl = await editor().field('inbound-hook-in-curl').textContent();
    assert.ok(curl?.includes(`-u '${username}:${password}'`) && curl.includes(url), curl ?? '');
    await editor().done();
    await editor().deploy();
    const deployed = await editor().deployed(id);
    assert.equal(deployed.path, path);
    assert.ok(!JSON.stringify(deployed).includes(password));
    await editor().open(id);
    assert.ok(!(await editor().page.content()).includes(password));
    await editor().cancel();
  });

  it('says of a stored password that it is set, and makes a new one that can be read', async () => {
    await editor().open('known-hook');
    await openHookTab(editor(), 'senders');
    assert.equal(await editor().field('node-input-password').isVisible(), false);
    assert.equal(await editor().field('inbound-hook-in-password-stored').isVisible(), true);
    assert.equal(await editor().value('node-input-username'), 'hook-user');
    const curl = (await editor().field('inbound-hook-in-curl').textContent()) ?? '';
    assert.ok(curl.includes("'hook-user:PASSWORD'"), curl);
    await editor().field('inbound-hook-in-new-password').click();
    assert.match(await editor().value('node-input-password'), /^[\w-]{32}$/);
    assert.equal(await editor().field('node-input-password').isVisible(), true);
    await editor().cancel();
  });

  it('keeps a stored password when nothing takes its place', async () => {
    await editor().open('kept-hook');
    await openHookTab(editor(), 'senders');
    await editor().field('inbound-hook-in-replace-password').click();
    assert.equal(await editor().value('node-input-password'), '');
    assert.equal(await editor().isMarked('node-input-password'), false);
    assert.match(
      (await editor().field('inbound-hook-in-password-hint').textContent()) ?? '',
      /Left empty, the one that is set stays/,
    );
    await editor().type('node-input-name', 'Survey responses');
    await editor().done();
    await editor().deploy();
    const credentials = await editor().nodeRed.admin('credentials/inbound-hook-in/kept-hook');
    assert.equal((credentials.json() as { has_password: boolean }).has_password, true);
  });

  it('gives a copy of a hook an address of its own', async () => {
    const copied = await editor().page.evaluate<{ path: string; credentials: object }>(`(() => {
      const { id, x, y, wires, ...copy } = RED.nodes.createExportableNodeSet([RED.nodes.node('original-hook')])[0];
      const node = { ...copy, id: 'copied', _def: RED.nodes.getType('inbound-hook-in') };
      node._def.onadd.call(node);
      return { path: node.path, credentials: node.credentials };
    })()`);
    assert.match(copied.path, /^\/hooks\/[\w-]{22}$/);
    assert.deepEqual(Object.keys(copied.credentials), ['username', 'password', 'has_password']);
  });

  it('marks only what the chosen answer reads', async () => {
    await editor().open('known-hook');
    await openHookTab(editor(), 'answer');
    await editor().type('node-input-responseTimeout', '0');
    assert.equal(await editor().isMarked('node-input-responseTimeout'), false);
    await editor().field('node-input-respond').selectOption('flow');
    await editor().type('node-input-responseTimeout', '0');
    assert.equal(await editor().isMarked('node-input-responseTimeout'), true);
    for (const [size, isWrong] of [
      ['400', false],
      ['2mb', false],
      ['', false],
      ['big', true],
      ['0', true],
    ] as const) {
      await editor().type('node-input-bodyLimit', size);
      assert.equal(await editor().isMarked('node-input-bodyLimit'), isWrong, size);
    }
    await editor().cancel();
  });

  it('warns of a hook that is open to everyone until its senders must sign', async () => {
    const isShown = (key: string): Promise<boolean> =>
      editor().page.locator(`[data-i18n$="inbound-hook-in.${key}"]`).isVisible();
    const shown = async (): Promise<boolean[]> => {
      await openHookTab(editor(), 'senders');
      const senders = await Promise.all(['notice.open', 'hint.signing'].map(isShown));
      await openHookTab(editor(), 'address');
      const unsigned = await isShown('hint.unsigned');
      await openHookTab(editor(), 'senders');
      return [...senders, unsigned];
    };
    await editor().open('open-hook');
    assert.deepEqual(await shown(), [true, false, false]);
    await editor().field('node-input-signing').selectOption('hook-secret');
    assert.deepEqual(await shown(), [false, true, true]);
    await editor().field('node-input-kind').selectOption('form');
    assert.equal(await editor().field('node-input-signing').isVisible(), false);
    assert.deepEqual(await shown(), [false, false, false]);
    await editor().field('node-input-kind').selectOption('webhook');
    await editor().done();
    assert.equal((await editor().node('open-hook')).signing, 'hook-secret');

    await editor().open('signed-hook');
    assert.deepEqual(await shown(), [false, true, true]);
    await editor().field('node-input-signing').selectOption('_ADD_');
    assert.deepEqual(await shown(), [true, false, false]);
    await editor().done();
    assert.equal((await editor().node('signed-hook')).signing, '');
  });

  it('is wrong where its signing secret is gone, unless it is a form', async () => {
    const isValid = (signing: string, kind: string): Promise<boolean> =>
      editor().page.evaluate<boolean>(
        `RED.nodes.getType('inbound-hook-in').defaults.signing.validate.call(
          { kind: '${kind}', _: (key) => key }, '${signing}', {}) === true`,
      );
    assert.equal(await isValid('hook-secret', 'webhook'), true);
    assert.equal(await isValid('', 'webhook'), true);
    assert.equal(await isValid('gone', 'webhook'), false);
    assert.equal(await isValid('known-hook', 'webhook'), false);
    assert.equal(await isValid('gone', 'form'), true);
  });

  it('copies the URL where the browser gives pages no clipboard', async () => {
    await editor().open('known-hook');
    await editor().page.evaluate(`(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
      document.addEventListener('copy', () => { window.copied = document.activeElement.value; }, { once: true });
    })()`);
    await editor().field('inbound-hook-in-copy-url').click();
    assert.equal(await editor().page.evaluate('window.copied'), `${editor().nodeRed.url}/hooks/known-hook`);
    await editor().cancel();
  });
}
