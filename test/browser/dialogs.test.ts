import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import type { FlowNode } from '../support/node-red.ts';
import { NODE_TYPES } from '../support/pack-files.ts';

const endpoint = (id: string, settings: object = {}): FlowNode => ({
  id,
  type: 'webhook-endpoint',
  name: `Endpoint ${id}`,
  url: 'http://127.0.0.1:9/x',
  method: 'POST',
  contentType: 'json',
  headers: [],
  auth: 'none',
  authHeader: '',
  timeout: 5000,
  success: '2xx',
  retry: 'cio-pulse',
  retryDelays: '5m,10m,20m,40m',
  retryOn: 'failure',
  concurrency: 8,
  maxPending: 100000,
  expireAfter: '7d',
  enabled: true,
  ...settings,
});

const mapping: FlowNode = {
  id: 'mapping',
  type: 'inbound-mapping',
  name: '',
  dataType: 'contacts',
  fields: [{ field: 'E-Mail', property: 'email', type: '', required: true, pattern: '', maxLength: '' }],
  unknownFields: 'keep',
};
const tab: FlowNode = { id: 'tab', type: 'tab', label: 'Flow' };
const onCanvas = { z: 'tab', x: 300, y: 80, name: '' };
const format: FlowNode = {
  ...onCanvas,
  id: 'format',
  type: 'payload-format',
  format: 'slack',
  options: { title: 'NPS', showLinks: false },
  template: '',
  templateType: 'json',
  wires: [[]],
};
const out: FlowNode = {
  ...onCanvas,
  id: 'out',
  type: 'survey-webhook-out',
  y: 200,
  endpoints: ['one'],
  listeningPost: 'Transactional',
  webhookIdProperty: 'webhookId',
  wrap: 'none',
  wires: [[], [], []],
};
const flows = [tab, mapping, format, out, endpoint('one'), endpoint('two'), endpoint('three')];

describe('the editor', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(async () => {
    editor = await Editor.start({ flows });
  });
  afterEach(() => editor.cancelAll());
  after(() => editor.stop());

  const field = (name: string) => editor.page.locator(`#${name}`);
  const value = (name: string) => field(name).inputValue();
  const isMarked = async (name: string): Promise<boolean> =>
    /\binput-error\b/.test((await field(name).getAttribute('class')) ?? '');
  const typeInto = async (name: string, text: string): Promise<void> => {
    await field(name).fill(text);
    await field(name).dispatchEvent('change');
  };

  it('gives a new hook a path, a user name and a password, and shows the line that calls it', async () => {
    const id = await editor.add('inbound-hook-in');
    await editor.open(id);
    const [path, username, password] = await Promise.all([
      value('node-input-path'),
      value('node-input-username'),
      value('node-input-password'),
    ]);
    assert.match(path, /^\/hooks\/[\w-]{22}$/);
    assert.match(username, /^hook-[\w-]{8}$/);
    assert.match(password, /^[\w-]{32}$/);
    const url = `${editor.nodeRed.url}${path}`;
    assert.equal(await field('inbound-hook-in-url').textContent(), url);
    const curl = await field('inbound-hook-in-curl').textContent();
    assert.ok(curl?.includes(`-u '${username}:${password}'`) && curl.includes(url), curl ?? '');
    await editor.done();

    await editor.deploy();
    await editor.open(id);
    assert.equal(await field('node-input-password').isVisible(), false);
    assert.equal(await field('inbound-hook-in-password-stored').isVisible(), true);
    assert.equal(await value('node-input-username'), username);
    assert.equal(await field('inbound-hook-in-url').textContent(), url);
    assert.ok((await field('inbound-hook-in-curl').textContent())?.includes(`'${username}:PASSWORD'`));
    assert.ok(!(await editor.page.content()).includes(password));
    await field('inbound-hook-in-new-password').click();
    assert.notEqual(await value('node-input-password'), password);
    assert.equal(await field('node-input-password').isVisible(), true);
    await editor.cancel();

    const deployed = await editor.deployed(id);
    assert.equal(deployed.path, path);
    assert.ok(!JSON.stringify(deployed).includes(password));
  });

  it('keeps a stored password when nothing takes its place', async () => {
    const [id = ''] = await editor.ids('inbound-hook-in');
    await editor.open(id);
    await field('inbound-hook-in-replace-password').click();
    assert.equal(await value('node-input-password'), '');
    await typeInto('node-input-name', 'Survey responses');
    await editor.done();
    await editor.deploy();
    const credentials = await editor.nodeRed.admin(`credentials/inbound-hook-in/${id}`);
    assert.equal((credentials.json() as { has_password: boolean }).has_password, true);
  });

  it('gives a copy of a hook an address of its own', async () => {
    await editor.add('inbound-hook-in');
    const hooks = (await editor.exported()).filter(({ type }) => type === 'inbound-hook-in');
    await editor.page.evaluate(`(() => {
      const { id, x, y, wires, ...copy } = ${JSON.stringify(hooks[0])};
      const node = { ...copy, id: 'copied', _def: RED.nodes.getType('inbound-hook-in') };
      node._def.onadd.call(node);
      window.copied = { path: node.path, credentials: node.credentials };
    })()`);
    const copied = await editor.page.evaluate<{ path: string; credentials: object }>('window.copied');
    assert.match(copied.path, /^\/hooks\/[\w-]{22}$/);
    assert.ok(!hooks.some(({ path }) => path === copied.path));
    assert.deepEqual(Object.keys(copied.credentials), ['username', 'password', 'has_password']);
  });

  it('moves a URL that is a secret to the credentials', async () => {
    const secret = 'https://hooks.slack.com/services/T000/B000/sesame';
    await editor.openNew('webhook-endpoint');
    await typeInto('node-config-input-url', secret);
    assert.equal(await value('node-config-input-url'), 'https://hooks.slack.com');
    assert.equal(await value('node-config-input-secretUrl'), secret);
    assert.equal(await field('webhook-endpoint-moved').isVisible(), true);
    assert.equal(await field('webhook-endpoint-is-secret').isChecked(), true);
    await editor.done();
    await editor.deploy();
    const exported = await editor.exported();
    assert.ok(exported.some(({ url }) => url === 'https://hooks.slack.com'));
    assert.ok(!JSON.stringify(exported).includes('sesame'));
    assert.ok(!(await editor.nodeRed.admin('flows')).text.includes('sesame'));
  });

  it('removes stored credentials when the address is another, and brings them back with it', async () => {
    await editor.open('two');
    await editor.page.locator('[href="#webhook-endpoint-tab-credentials"]').click();
    await field('node-config-input-auth').selectOption('basic');
    await typeInto('node-config-input-username', 'hook');
    await typeInto('node-config-input-password', 'sesame');
    await editor.done();
    await editor.deploy();
    await editor.open('two');
    const stored = await value('node-config-input-password');
    assert.ok(stored !== '' && stored !== 'sesame');
    await typeInto('node-config-input-url', 'http://127.0.0.1:10/x');
    assert.equal(await value('node-config-input-password'), '');
    assert.equal(await field('webhook-endpoint-dropped').isVisible(), true);
    await typeInto('node-config-input-url', 'http://127.0.0.1:9/other');
    assert.equal(await value('node-config-input-password'), stored);
    assert.equal(await field('webhook-endpoint-dropped').isVisible(), false);
    await typeInto('node-config-input-url', 'http://127.0.0.1:10/x');
    await editor.done();
    await editor.deploy();
    const credentials = await editor.nodeRed.admin('credentials/webhook-endpoint/two');
    assert.equal((credentials.json() as { has_password: boolean }).has_password, false);
  });

  it('marks an endpoint that could not be used, and says what its retries come to', async () => {
    await editor.open('one');
    for (const [name, bad, good] of [
      ['url', 'not a URL', 'https://example.com/x'],
      ['url', 'ftp://example.com', 'https://${HOST}/x'],
      ['url', 'https://user:secret@example.com', 'https://example.com/{{id}}'],
      ['retryDelays', '5m;10m', '1s,2m'],
      ['timeout', '0', '1000'],
      ['expireAfter', 'soon', '12h'],
      ['authHeader', 'X Key', 'X-Key'],
    ] as const) {
      await field(`node-config-input-${name}`).evaluate((input, text) => {
        (input as HTMLInputElement).value = text;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, bad);
      assert.equal(await isMarked(`node-config-input-${name}`), true, bad);
      await field(`node-config-input-${name}`).evaluate((input, text) => {
        (input as HTMLInputElement).value = text;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, good);
      assert.equal(await isMarked(`node-config-input-${name}`), false, good);
    }
    await editor.page.locator('[href="#webhook-endpoint-tab-retries"]').click();
    const preview = field('webhook-endpoint-preview');
    assert.match(
      (await preview.textContent()) ?? '',
      /5, 10, 20, and 40 minutes .* 5 attempts in 75 minutes/,
    );
    await field('node-config-input-retry').selectOption('custom');
    assert.match((await preview.textContent()) ?? '', /1 second and 2 minutes .* 3 attempts/);
    await field('node-config-input-retry').selectOption('none');
    assert.match((await preview.textContent()) ?? '', /One attempt/);
    await editor.cancel();
  });

  it('marks a header that cannot be sent', async () => {
    await editor.open('one');
    await editor.page.locator('.red-ui-editableList-addButton:visible').click();
    const name = editor.page.locator('#webhook-endpoint-headers [data-field=name]');
    await name.fill('X Bad');
    assert.match((await name.getAttribute('class')) ?? '', /input-error/);
    await name.fill('X-Team');
    assert.doesNotMatch((await name.getAttribute('class')) ?? '', /input-error/);
    await editor.page.locator('#webhook-endpoint-headers [data-field=value]').fill('cx');
    await editor.done();
    const one = (await editor.exported()).find(({ id }) => id === 'one');
    assert.deepEqual(one?.headers, [{ name: 'X-Team', value: 'cx' }]);
  });

  it('warns where each retry would make a new ticket', async () => {
    await editor.open('two');
    const warning = field('webhook-endpoint-ticket');
    await typeInto('node-config-input-url', 'https://acme.freshdesk.com/api/v2/tickets');
    assert.equal(await warning.isVisible(), false);
    await editor.page.locator('[href="#webhook-endpoint-tab-retries"]').click();
    await field('webhook-endpoint-success').selectOption('200');
    assert.equal(await warning.isVisible(), true);
    await field('webhook-endpoint-success').selectOption('list');
    assert.equal(await warning.isVisible(), false);
    await editor.done();
    const two = (await editor.exported()).find(({ id }) => id === 'two');
    assert.equal(two?.success, '200,201,204');
  });

  it('adds endpoints to an out node and keeps their order, and counts it as their user', async () => {
    await editor.open('out');
    await field('survey-webhook-out-choice').selectOption('three');
    await field('survey-webhook-out-choice').selectOption('two');
    await editor.opening(() => field('survey-webhook-out-create').click());
    await typeInto('node-config-input-name', 'Fourth');
    await typeInto('node-config-input-url', 'https://example.com/four');
    await editor.done();
    await field('survey-webhook-out-endpoints').getByText('Fourth').waitFor();
    await editor.done();
    const saved = (await editor.exported()).find(({ id }) => id === 'out');
    const fourth = (await editor.exported()).find(({ name }) => name === 'Fourth');
    assert.deepEqual(saved?.endpoints, ['one', 'three', 'two', fourth?.id]);
    assert.deepEqual(
      await editor.page.evaluate(
        `${JSON.stringify(saved.endpoints)}.map((id) => RED.nodes.node(id).users.length)`,
      ),
      [1, 1, 1, 1],
    );
    await editor.deploy();
    await editor.load();
    assert.equal(await editor.page.evaluate("RED.nodes.node('three').users.length"), 1);
  });

  it('names an endpoint that is gone, and takes it off the list', async () => {
    await editor.page.evaluate("RED.nodes.remove('three')");
    await editor.open('out');
    const list = field('survey-webhook-out-endpoints');
    await list.getByText('three is no longer there').waitFor();
    await list.locator('li').nth(1).locator('.red-ui-editableList-item-remove').click();
    await list.getByText('three is no longer there').waitFor({ state: 'detached' });
    await editor.done();
    const saved = (await editor.exported()).find(({ id }) => id === 'out');
    assert.equal((saved?.endpoints as string[]).length, 3);
  });

  it('keeps a list when the only endpoint of a node is deleted', async () => {
    await editor.page.evaluate("RED.nodes.node('out').endpoints = ['one']");
    await editor.open('one');
    await editor.page.locator('.red-ui-tray-toolbar .leftButton').click();
    await editor.page.locator('.red-ui-tray').waitFor({ state: 'detached' });
    const saved = (await editor.exported()).find(({ id }) => id === 'out');
    assert.deepEqual(saved?.endpoints, []);
    await editor.load();
  });

  it('keeps the options of the chosen format, and the text of a template', async () => {
    await editor.open('format');
    assert.equal(await value('payload-format-title'), 'NPS');
    await field('node-input-format').selectOption('freshdesk-ticket');
    await typeInto('payload-format-tags', 'nps, survey');
    await editor.done();
    const options = (await editor.exported()).find(({ id }) => id === 'format')?.options;
    assert.deepEqual(options, {
      subject: '',
      priority: 'auto',
      status: '2',
      tags: 'nps, survey',
      requesterEmail: '',
    });

    await editor.open('format');
    await field('node-input-format').selectOption('template');
    await editor.page.locator('#payload-format-template').click();
    await editor.page.keyboard.insertText('{"score":{{score}}}');
    await editor.done();
    const saved = (await editor.exported()).find(({ id }) => id === 'format');
    assert.equal(saved?.template, '{"score":{{score}}}');
  });

  it('shows the fields of a data type and takes one over to be changed', async () => {
    await editor.open('mapping');
    await field('node-config-input-dataType').selectOption('activities');
    const row = field('inbound-mapping-built-in').locator('tr', { hasText: 'Reference' });
    assert.match((await row.textContent()) ?? '', /Reference.*reference.*string.*yes/);
    await row.getByRole('button').click();
    await editor.done();
    const saved = (await editor.exported()).find(({ id }) => id === 'mapping');
    assert.deepEqual(
      (saved?.fields as { property: string; required: boolean }[]).map(({ property, required }) => [
        property,
        required,
      ]),
      [
        ['email', true],
        ['reference', true],
      ],
    );
  });

  it('opens and saves the dialog of every type without changing what it shows, and without an error', async () => {
    await editor.load();
    const one = async (): Promise<FlowNode[]> => {
      const nodes = await editor.exported();
      return NODE_TYPES.flatMap((type) => nodes.find((node) => node.type === type) ?? []);
    };
    const shown = await one();
    for (const { id } of shown) {
      await editor.open(id);
      await editor.done();
    }
    assert.deepEqual(await one(), shown);
    for (const type of ['mapping-validator', 'survey-response']) {
      await editor.open(await editor.add(type));
      await editor.done();
    }
    await editor.openNew('hook-store');
    await editor.done();
    assert.deepEqual((await one()).map(({ type }) => type).sort(), [...NODE_TYPES].sort());
    assert.deepEqual(editor.errors, []);
  });

  it('leaves no key of a word to be seen', async () => {
    for (const type of NODE_TYPES) {
      const text = await editor.page.evaluate<string>(
        `$('<div>').html($("script[data-template-name='${type}']").html()).find('[data-i18n]').toArray()
          .flatMap((e) => $(e).attr('data-i18n').split(';').map((k) => k.replace(/^\\[[^\\]]*\\]/, '')))
          .filter((k) => RED.nodes.getType('${type}')._(k) === k).join(' ')`,
      );
      assert.equal(text, '', type);
    }
  });
});
