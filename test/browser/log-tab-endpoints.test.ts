import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Editor } from '../support/editor.ts';
import { call } from '../support/http.ts';
import { LogTab } from '../support/log-tab.ts';
import type { FlowNode } from '../support/node-red.ts';
import { freePort } from '../support/ports.ts';
import { Receiver } from '../support/receiver.ts';
import { endpoint, hook, outNode, tab as flow } from './dialogs/fixtures.ts';
import { endpointFeeds } from './log-tab/endpoint-feeds.ts';

/** Two hooks feed two out nodes, the second one through a link; nothing feeds `stray`. */
const flowsTo = (url: string, closedPort: number): FlowNode[] => [
  flow,
  { id: 'other', type: 'tab', label: 'Other flow' },
  endpoint('chat', { name: 'Chat <img src=x onerror=alert(1)>', url: `${url}/chat` }),
  endpoint('desk', { name: 'Desk', url: `${url}/desk`, retry: 'none' }),
  endpoint('down', {
    name: 'Down',
    url: `http://127.0.0.1:${closedPort}/`,
    circuit: true,
    retry: 'custom',
    retryDelays: '10ms,10ms,10ms,10ms,10ms',
  }),
  endpoint('idle', { name: 'Idle', enabled: false }),
  endpoint('untried', {
    name: 'Untried',
    url: `${url}/untried`,
    requireTestFire: true,
    retryOn: 'transient',
  }),
  // What the variable holds only the runtime knows, so the editor deploys it without a question.
  endpoint('broken', { name: 'Wrong', url: '${SURVEY_HOOKS_NOT_SET}' }),
  hook('shop', { name: 'Shop', auth: 'none', path: '/hooks/shop', wires: [['to-chat']] }),
  hook('lab', { name: 'Lab', auth: 'none', path: '/hooks/lab', y: 200, wires: [['away']] }),
  {
    id: 'away',
    type: 'link out',
    z: 'tab',
    x: 500,
    y: 200,
    name: '',
    mode: 'link',
    links: ['here'],
    wires: [],
  },
  { id: 'here', type: 'link in', z: 'other', x: 100, y: 80, name: '', links: ['away'], wires: [['to-desk']] },
  { ...outNode('to-chat', ['chat']), name: 'To the chat', x: 700 },
  { ...outNode('to-desk', ['desk', 'down', 'untried']), name: 'To the desk', z: 'other', x: 300 },
  { ...outNode('stray', ['idle', 'broken']), name: 'Stray', y: 300 },
];

describe('The endpoints in the webhook log', function () {
  this.timeout(90_000);
  let receiver: Receiver;
  let editor: Editor;
  let tab: LogTab;
  let downPort: number;

  before(async () => {
    receiver = await Receiver.start();
    downPort = await freePort();
    editor = await Editor.start({ flows: flowsTo(receiver.url, downPort) });
    tab = new LogTab(editor);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.recover();
  });
  after(async () => {
    await editor.stop();
    await receiver.stop();
  });

  const open = async (): Promise<void> => {
    await tab.open({ anew: true });
    await tab.root.getByRole('tab', { name: 'Endpoints' }).click();
    await card('chat').waitFor();
  };
  const card = (id: string): Locator => tab.endpoint(id);
  const health = (id: string): Locator => card(id).locator('[data-health]');
  const waitForHealth = (id: string, text: string): Promise<void> =>
    health(id).filter({ hasText: text }).waitFor();
  const count = (id: string, field: string, text: string): Promise<void> =>
    card(id).locator(`[data-count="${field}"] b`).getByText(text, { exact: true }).waitFor();
  const send = async (path: string): Promise<void> => {
    const answer = await call(`${editor.nodeRed.url}/hooks/${path}`, { body: { score: 9 } });
    assert.equal(answer.status, 200);
  };
  const post = async (path: string): Promise<void> => {
    const answer = await editor.nodeRed.admin(`survey-hooks/${path}`, { body: {} });
    assert.equal(answer.status, 200, answer.text);
  };

  it('says how each is, in words, those to look at first, and names a stranger’s as text', async () => {
    await open();
    assert.deepEqual(await tab.root.locator('[data-endpoint] h3').allTextContents(), [
      'Untried',
      'Wrong',
      'Chat <img src=x onerror=alert(1)>',
      'Desk',
      'Down',
      'Idle',
    ]);
    assert.equal(await health('chat').innerText(), 'Nothing sent yet');
    assert.equal(await health('idle').innerText(), 'Off');
    assert.equal(await health('untried').innerText(), 'Waits for a test');
    assert.equal(await health('broken').innerText(), 'Settings wrong');
    assert.match(await card('broken').innerText(), /url: /);
    assert.equal(await card('idle').getByRole('switch').getAttribute('aria-disabled'), 'true');
    await tab.root.getByText('Endpoints: 6. To look at: 2.').waitFor();
    assert.deepEqual(editor.errors, []);
  });

  it('follows deliveries as they succeed, fail and wait', async () => {
    receiver.answer(({ path }) => (path === '/desk' ? { status: 500 } : {}));
    await send('shop');
    await count('chat', 'succeeded', '1');
    await waitForHealth('chat', 'Delivering');
    await card('chat')
      .getByText(/^Last success$/)
      .waitFor();
    assert.match(
      (await card('chat').locator('time[title$=GMT]').last().getAttribute('title')) ?? '',
      /^20.* GMT$/,
    );
    await send('lab');
    await count('desk', 'failed', '1');
    await waitForHealth('desk', 'Failing');
    await count('untried', 'pending', '1');
    await waitForHealth('down', 'Paused');
    await card('down').getByText('Next try:').waitFor();
    assert.match((await card('down').locator('time').first().getAttribute('title')) ?? '', /GMT$/);
  });

  it('leads from a number to the deliveries that it counts', async () => {
    await send('shop');
    await count('chat', 'succeeded', '2');
    await card('desk').locator('[data-count=failed]').click();
    await tab.rows.first().waitFor();
    assert.equal(await tab.rows.count(), 1);
    assert.match(await tab.rows.first().innerText(), /Desk/);
    assert.match(await tab.rows.first().innerText(), /Failed/);
    assert.equal(await tab.root.getByLabel('Status', { exact: true }).inputValue(), 'Failed');
    await tab.root.getByRole('tab', { name: 'Endpoints' }).click();
    await card('chat').waitFor();
  });

  it('fires a test, and shows a good and a bad answer as text', async () => {
    const fire = (id: string): Promise<void> => card(id).getByRole('button', { name: 'Test fire' }).click();
    const field = (id: string, name: string): Locator => card(id).locator(`[data-field=${name}]`);
    receiver.answer(() => ({ body: '<b id="evil">made</b>' }));
    const before = receiver.requests.length;
    await fire('chat');
    await field('chat', 'verdict').getByText('Succeeded').waitFor();
    assert.match(await field('chat', 'status').innerText(), /200/);
    assert.match(await field('chat', 'time').innerText(), /ms/);
    assert.equal(await field('chat', 'body').textContent(), '<b id="evil">made</b>');
    assert.equal(await editor.page.locator('#evil').count(), 0);
    assert.equal(receiver.requests[before]?.headers['x-survey-hooks-test'], 'true');

    receiver.answer(() => ({ status: 500, body: 'broken' }));
    await fire('chat');
    await field('chat', 'verdict').getByText('Failed').waitFor();
    assert.match(await field('chat', 'status').innerText(), /500/);
    assert.equal(await field('chat', 'body').textContent(), 'broken');
    await card('chat').getByRole('button', { name: 'Close' }).click();
    assert.equal(await field('chat', 'verdict').isVisible(), false);
  });

  it('lets what waits for a test go once that has succeeded', async () => {
    receiver.answer(() => ({}));
    await card('untried').getByRole('button', { name: 'Test fire' }).click();
    await waitForHealth('untried', 'Delivering');
    await count('untried', 'succeeded', '1');
  });

  it('switches an endpoint off and on, and asks where many deliveries wait', async () => {
    const power = card('chat').getByRole('switch');
    await power.click();
    await waitForHealth('chat', 'Switched off');
    assert.equal(await power.getAttribute('aria-checked'), 'false');
    for (let event = 0; event < 12; event++) await send('shop');
    await count('chat', 'pending', '12');
    const sent = receiver.requests.length;
    await power.click();
    const question = card('chat').getByRole('alertdialog');
    await question.getByText('Its 12 deliveries that wait are sent').waitFor();
    await editor.page.keyboard.press('Escape');
    assert.equal(await question.isVisible(), false);
    assert.equal(receiver.requests.length, sent);
    await power.click();
    await question.getByRole('button', { name: 'Switch on' }).click();
    await count('chat', 'succeeded', '14');
    await waitForHealth('chat', 'Delivering');
    assert.equal(await power.getAttribute('aria-checked'), 'true');
  });

  it('shows what somebody else switches, and what has answered that it is gone', async () => {
    await post('endpoints/desk/disable');
    await waitForHealth('desk', 'Switched off');
    await post('endpoints/desk/enable');
    await waitForHealth('desk', 'Failing');
    receiver.answer(({ path }) => ({ status: path === '/untried' ? 410 : 200 }));
    await send('lab');
    await waitForHealth('untried', 'Disabled: 410 Gone');
    await waitForHealth('desk', 'Delivering');
  });

  it('lets what is paused go on', async () => {
    const mended = await Receiver.start(() => ({}), downPort);
    try {
      await card('down').getByRole('button', { name: 'Go on now' }).click();
      await waitForHealth('down', 'Delivering');
      await card('down').getByRole('button', { name: 'Go on now' }).waitFor({ state: 'hidden' });
    } finally {
      await mended.stop();
    }
  });

  describe('and what feeds them', () => {
    before(open);
    endpointFeeds(() => ({ editor, tab }));
  });
});
