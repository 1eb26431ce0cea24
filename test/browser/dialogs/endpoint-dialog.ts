import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { WHSEC } from '../../support/signing-secrets.ts';
import { endpoint, signingSecret } from './fixtures.ts';

export const endpointFlows = [
  { ...signingSecret('endpoint-secret'), scheme: 'standard-webhooks' },
  { ...signingSecret('endpoint-twilio'), scheme: 'twilio' },
  endpoint('signed', { signing: 'endpoint-secret' }),
  endpoint('unsigned'),
  endpoint('guarded', { auth: 'basic' }),
  endpoint('hidden', { url: 'https://receiver.example' }),
  endpoint('checked'),
  endpoint('headed'),
  endpoint('ticketed'),
  endpoint('bare', { url: 'https://hooks.slack.com' }),
];
export const endpointCredentials = {
  guarded: { username: 'hook', password: 'sesame' },
  hidden: { secretUrl: 'https://receiver.example/hook/sesame' },
  'endpoint-secret': { secret: WHSEC },
  'endpoint-twilio': { secret: '12345' },
};

const openTab = (editor: Editor, name: string): Promise<void> =>
  editor.page.locator(`[href="#webhook-endpoint-tab-${name}"]`).click();

/** What a person sees of an endpoint. */
export function endpointDialog(editor: () => Editor): void {
  it('moves a URL that is a secret to the credentials', async () => {
    const secret = 'https://hooks.slack.com/services/T000/B000/sesame';
    await editor().openNew('webhook-endpoint');
    await editor().type('node-config-input-url', secret);
    assert.equal(await editor().value('node-config-input-url'), 'https://hooks.slack.com');
    assert.equal(await editor().isMarked('node-config-input-url'), false);
    assert.equal(await editor().value('node-config-input-secretUrl'), secret);
    assert.equal(await editor().field('webhook-endpoint-moved').isVisible(), true);
    assert.equal(await editor().field('webhook-endpoint-is-secret').isChecked(), true);
    await editor().type('node-config-input-name', 'Moved');
    await editor().done();
    await editor().deploy();
    const exported = await editor().exported();
    assert.equal(exported.find(({ name }) => name === 'Moved')?.url, 'https://hooks.slack.com');
    assert.ok(!JSON.stringify(exported).includes('sesame'));
    assert.ok(!(await editor().nodeRed.admin('flows')).text.includes('sesame'));
  });

  it('asks for the secret URL where only its origin came along', async () => {
    await editor().open('bare');
    assert.equal(await editor().field('node-config-input-secretUrl').isVisible(), true);
    assert.equal(await editor().isMarked('node-config-input-secretUrl'), true);
    await editor().type('node-config-input-secretUrl', 'https://hooks.slack.com/services/T/B/sesame');
    assert.equal(await editor().isMarked('node-config-input-secretUrl'), false);
    await editor().cancel();
  });

  it('removes stored credentials when the address is another, and brings them back with it', async () => {
    await editor().open('guarded');
    const stored = await editor().value('node-config-input-password');
    assert.ok(stored !== '' && stored !== 'sesame');
    await editor().type('node-config-input-url', 'http://127.0.0.1:10/x');
    assert.equal(await editor().value('node-config-input-password'), '');
    assert.equal(await editor().value('node-config-input-username'), '');
    assert.equal(await editor().field('webhook-endpoint-dropped').isVisible(), true);
    await editor().type('node-config-input-username', 'hook');
    await editor().type('node-config-input-url', 'http://127.0.0.1:10/y');
    assert.equal(await editor().value('node-config-input-username'), 'hook');
    await editor().type('node-config-input-username', '');
    await editor().type('node-config-input-url', 'http://127.0.0.1:9/other');
    assert.equal(await editor().value('node-config-input-password'), stored);
    assert.equal(await editor().value('node-config-input-username'), 'hook');
    assert.equal(await editor().field('webhook-endpoint-dropped').isVisible(), false);
    await editor().type('node-config-input-url', 'http://127.0.0.1:10/x');
    await editor().done();
    await editor().deploy();
    const credentials = await editor().nodeRed.admin('credentials/webhook-endpoint/guarded');
    assert.deepEqual(credentials.json(), {
      username: '',
      has_secretUrl: false,
      has_password: false,
      has_token: false,
      has_headerValue: false,
    });
  });

  it('forgets a stored secret URL for a URL that is no secret, unless that is taken back', async () => {
    const isSecret = editor().field('webhook-endpoint-is-secret');
    await editor().open('hidden');
    const stored = await editor().value('node-config-input-secretUrl');
    assert.notEqual(stored, '');
    await isSecret.uncheck();
    assert.equal(await editor().value('node-config-input-secretUrl'), '');
    await isSecret.check();
    assert.equal(await editor().value('node-config-input-secretUrl'), stored);
    await isSecret.uncheck();
    await editor().type('node-config-input-url', 'https://receiver.example/open');
    await editor().done();
    await editor().deploy();
    const credentials = await editor().nodeRed.admin('credentials/webhook-endpoint/hidden');
    assert.equal((credentials.json() as { has_secretUrl: boolean }).has_secretUrl, false);
    assert.equal((await editor().node('hidden')).url, 'https://receiver.example/open');
  });

  it('marks what an endpoint could not be used with', async () => {
    await editor().open('checked');
    await editor().type('node-config-input-retry', 'custom');
    await editor().type('node-config-input-auth', 'header');
    for (const [name, bad, good] of [
      ['url', 'not a URL', 'https://example.com/x'],
      ['url', 'ftp://example.com', 'https://${HOST}/x'],
      ['url', 'https://user:secret@example.com', 'https://example.com/{{id}}'],
      ['retryDelays', '5m;10m', '1s,2m'],
      ['timeout', '0', '1000'],
      ['expireAfter', 'soon', '12h'],
      ['ratePerSecond', '-1', '0.5'],
      ['authHeader', 'X Key', 'X-Key'],
    ] as const) {
      await editor().type(`node-config-input-${name}`, bad);
      assert.equal(await editor().isMarked(`node-config-input-${name}`), true, bad);
      await editor().type(`node-config-input-${name}`, good);
      assert.equal(await editor().isMarked(`node-config-input-${name}`), false, good);
    }
    await editor().cancel();
  });

  it('says what the retries come to', async () => {
    await editor().open('checked');
    await openTab(editor(), 'retries');
    const preview = async (): Promise<string> =>
      (await editor().field('webhook-endpoint-preview').textContent()) ?? '';
    assert.match(await preview(), /5, 10, 20, and 40 minutes .* 5 attempts in 75 minutes/);
    await editor().field('node-config-input-retry').selectOption('custom');
    await editor().type('node-config-input-retryDelays', '1s,2m');
    assert.match(await preview(), /1 second and 2 minutes .* 3 attempts/);
    await editor().field('node-config-input-retry').selectOption('none');
    assert.match(await preview(), /One attempt/);
    await editor().cancel();
  });

  it('keeps order and rate, and asks for no number at once where they go one at a time', async () => {
    const concurrency = editor().field('node-config-input-concurrency');
    await editor().open('checked');
    await openTab(editor(), 'limits');
    assert.equal(await concurrency.isVisible(), true);
    await editor().field('node-config-input-ordered').check();
    assert.equal(await concurrency.isVisible(), false);
    await editor().type('node-config-input-ratePerSecond', '0.5');
    await editor().done();
    const { ordered, ratePerSecond } = await editor().node('checked');
    assert.deepEqual([ordered, Number(ratePerSecond)], [true, 0.5]);
    await editor().open('checked');
    await openTab(editor(), 'limits');
    assert.equal(await editor().field('node-config-input-ordered').isChecked(), true);
    await editor().cancel();
  });

  it('marks a header that cannot be sent', async () => {
    await editor().open('headed');
    await editor().page.locator('.red-ui-editableList-addButton:visible').click();
    const name = editor().page.locator('#webhook-endpoint-headers [data-field=name]');
    await name.fill('X Bad');
    assert.match((await name.getAttribute('class')) ?? '', /input-error/);
    await name.fill('X-Team');
    assert.doesNotMatch((await name.getAttribute('class')) ?? '', /input-error/);
    await editor().page.locator('#webhook-endpoint-headers [data-field=value]').fill('cx');
    await editor().done();
    assert.deepEqual((await editor().node('headed')).headers, [{ name: 'X-Team', value: 'cx' }]);
  });

  it('does not take the header that the authentication sets', async () => {
    const isValid = (headers: object[], auth: string): Promise<boolean> =>
      editor().page.evaluate<boolean>(
        `RED.nodes.getType('webhook-endpoint').defaults.headers.validate.call(
          { auth: '${auth}', authHeader: 'X-Key', _: (key) => key }, ${JSON.stringify(headers)}, {}) === true`,
      );
    assert.equal(await isValid([{ name: 'authorization', value: 'x' }], 'basic'), false);
    assert.equal(await isValid([{ name: 'authorization', value: 'x' }], 'none'), true);
    assert.equal(await isValid([{ name: 'x-key', value: 'x' }], 'header'), false);
  });

  it('names the secret that deliveries are signed with, or none', async () => {
    const hint = editor().page.locator('.survey-hooks-hint[data-when^="signing"]');
    await editor().open('unsigned');
    await openTab(editor(), 'credentials');
    assert.equal(await editor().value('node-config-input-signing'), '_ADD_');
    assert.equal(await hint.isVisible(), false);
    await editor().field('node-config-input-signing').selectOption('endpoint-secret');
    assert.equal(await hint.isVisible(), true);
    await editor().done();
    assert.equal((await editor().node('unsigned')).signing, 'endpoint-secret');

    await editor().open('signed');
    await openTab(editor(), 'credentials');
    assert.equal(await editor().value('node-config-input-signing'), 'endpoint-secret');
    await editor().field('node-config-input-signing').selectOption('_ADD_');
    assert.equal(await editor().isMarked('node-config-input-signing'), false);
    await editor().done();
    assert.equal((await editor().node('signed')).signing, '');
  });

  it('does not take a secret that is gone, or one that cannot sign the body', async () => {
    const isValid = (signing: string, contentType: string, method = 'POST'): Promise<boolean> =>
      editor().page.evaluate<boolean>(
        `RED.nodes.getType('webhook-endpoint').defaults.signing.validate.call(
          { method: '${method}', contentType: '${contentType}', _: (key) => key }, '${signing}', {}) === true`,
      );
    assert.equal(await isValid('', 'json'), true);
    assert.equal(await isValid('endpoint-secret', 'json'), true);
    assert.equal(await isValid('gone', 'json'), false);
    assert.equal(await isValid('endpoint-twilio', 'json'), false);
    assert.equal(await isValid('endpoint-twilio', 'form'), true);
    assert.equal(await isValid('endpoint-twilio', 'json', 'GET'), true);
  });

  it('warns where each retry would make a new ticket, and chooses any 2xx', async () => {
    const warning = editor().field('webhook-endpoint-ticket');
    const address = (url: string): Promise<void> => editor().type('node-config-input-url', url);
    const rule = (choice: string): Promise<unknown> =>
      editor().field('webhook-endpoint-success').selectOption(choice);
    await editor().open('ticketed');
    await address('https://acme.freshdesk.com/api/v2/tickets');
    assert.equal(await warning.isVisible(), false);
    await openTab(editor(), 'retries');
    await rule('200');
    assert.match((await warning.textContent()) ?? '', /helpdesk answers 201/);
    assert.equal(await warning.isVisible(), true);
    await rule('list');
    assert.equal(await warning.isVisible(), false);
    await editor().type('webhook-endpoint-success-list', '200,204');
    assert.equal(await warning.isVisible(), true);
    await editor().field('webhook-endpoint-any').click();
    assert.equal(await warning.isVisible(), false);
    assert.equal(await editor().value('webhook-endpoint-success'), '2xx');

    await rule('200');
    await address('https://acme.atlassian.net/rest/servicedeskapi/request');
    assert.equal(await warning.isVisible(), true);
    await address('https://example.com/tickets');
    assert.equal(await warning.isVisible(), false);
    await address('https://prod-1.westeurope.logic.azure.com/workflows/sesame');
    assert.equal(await editor().value('node-config-input-url'), 'https://prod-1.westeurope.logic.azure.com');
    assert.match((await warning.textContent()) ?? '', /Teams workflow answers 202/);
    assert.equal(await warning.isVisible(), true);
    await editor().field('webhook-endpoint-any').click();
    await editor().done();
    assert.equal((await editor().node('ticketed')).success, '2xx');
  });
}
