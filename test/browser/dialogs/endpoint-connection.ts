import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { endpoint } from './fixtures.ts';

const NEWER = {
  network: 'any',
  allow: '',
  filter: {},
  tls: '',
  proxy: '',
  ratePerSecond: 0,
  ordered: false,
  circuit: false,
  requireTestFire: false,
};

/** As it was saved before endpoints had a filter, rules for their connection, an order, a rate and a circuit. */
const older = Object.fromEntries(
  Object.entries(endpoint('older-endpoint')).filter(([name]) => !(name in NEWER)),
) as unknown as FlowNode;

export const connectionFlows = [
  { id: 'endpoint-tls', type: 'tls-config', name: 'Ours', verifyservercert: true },
  { id: 'endpoint-proxy', type: 'http proxy', name: 'Out', url: 'http://127.0.0.1:3128', noproxy: [] },
  endpoint('filtered'),
  endpoint('connected', { url: 'https://receiver.example/x' }),
  endpoint('tagged'),
  endpoint('tagged-secret', { auth: 'basic', url: 'https://receiver.example/{{ticketId}}?a={{score}}' }),
  older,
];
export const connectionCredentials = { 'tagged-secret': { username: 'hook', password: 'sesame' } };

const input = (name: string): string => `node-config-input-${name}`;

/** What a person sets for whom an endpoint is, how it is reached, and what its tags stand for. */
export function endpointConnection(editor: () => Editor): void {
  const openTab = (name: string): Promise<void> =>
    editor().page.locator(`[href="#webhook-endpoint-tab-${name}"]`).click();
  const summary = (): Promise<string | null> =>
    editor().field('webhook-endpoint-filter').getByRole('status').textContent();

  it('keeps a filter, says what it lets through, and takes it off again', async () => {
    const box = editor().field('webhook-endpoint-filter').getByRole('checkbox', { name: 'Detractor' });
    await editor().open('filtered');
    await openTab('filter');
    assert.match((await summary()) ?? '', /^Matches every response\./);
    await box.check();
    await editor().type('response-filter-scores', '0-6');
    assert.equal(await summary(), 'Matches responses classed as detractor and with a score of 0 to 6.');
    await editor().done();
    assert.deepEqual((await editor().node('filtered')).filter, {
      sources: [],
      ratings: [],
      classes: ['detractor'],
      scores: '0-6',
      comment: 'any',
      drivers: [],
      driversMode: 'any',
    });
    await editor().open('filtered');
    await openTab('filter');
    assert.equal(await editor().value('response-filter-scores'), '0-6');
    assert.equal(await box.isChecked(), true);
    await box.uncheck();
    await editor().type('response-filter-scores', '');
    await editor().done();
    assert.deepEqual((await editor().node('filtered')).filter, {});
  });

  it('keeps the rules for addresses, and asks for exceptions only where there is a rule', async () => {
    await editor().open('connected');
    await openTab('connection');
    assert.equal(await editor().field(input('allow')).isVisible(), false);
    await editor().field(input('network')).selectOption('public');
    assert.equal(await editor().field(input('allow')).isVisible(), true);
    await editor().type(input('allow'), '10.0.0.0/99');
    assert.equal(await editor().isMarked(input('allow')), true);
    await editor().type(input('allow'), '10.0.0.0/8, *.corp.example');
    assert.equal(await editor().isMarked(input('allow')), false);
    await editor().done();
    const { network, allow } = await editor().node('connected');
    assert.deepEqual({ network, allow }, { network: 'public', allow: '10.0.0.0/8, *.corp.example' });
  });

  it('names a TLS configuration and a proxy of Node-RED, which an export brings along', async () => {
    await editor().open('connected');
    await openTab('connection');
    await editor().field(input('tls')).selectOption('endpoint-tls');
    await editor().field(input('proxy')).selectOption('endpoint-proxy');
    await editor().done();
    const { tls, proxy } = await editor().node('connected');
    assert.deepEqual({ tls, proxy }, { tls: 'endpoint-tls', proxy: 'endpoint-proxy' });
    const exported = await editor().page.evaluate<string[]>(
      `RED.nodes.createExportableNodeSet([RED.nodes.node('connected')]).map(({ id }) => id)`,
    );
    assert.deepEqual(exported.toSorted(), ['connected', 'endpoint-proxy', 'endpoint-tls']);
  });

  it('has no use for TLS at a URL without it, and marks one that was chosen', async () => {
    await editor().open('connected');
    await openTab('connection');
    const row = editor().field('webhook-endpoint-tls');
    await editor().field(input('tls')).selectOption('_ADD_');
    await editor().type(input('url'), 'http://receiver.example/x');
    assert.equal(await row.isVisible(), false);
    await editor().type(input('url'), 'https://receiver.example/x');
    assert.equal(await row.isVisible(), true);
    await editor().field(input('tls')).selectOption('endpoint-tls');
    await editor().type(input('url'), 'http://receiver.example/x');
    assert.equal(await row.isVisible(), true);
    assert.equal(await editor().isMarked(input('tls')), true);
    await editor().cancel();
  });

  it('says what is wrong with the tags of a URL and of a header', async () => {
    const reasonOf = (setting: string, value: unknown): Promise<unknown> =>
      editor().page.evaluate(
        `(() => { const node = RED.nodes.node('tagged');
          return node._def.defaults.${setting}.validate.call(node, ${JSON.stringify(value)}, {}); })()`,
      );
    const header = (value: string): object[] => [{ name: 'X-Ticket', value }];
    assert.equal(await reasonOf('url', 'https://receiver.example/{{ticketId}}?a={{env.NAME}}'), true);
    assert.equal(await reasonOf('url', 'https://${HOST}/{{#a}}'), true);
    assert.match(String(await reasonOf('url', 'https://{{host}}/x')), /^URL: A dynamic tag stands before/);
    assert.match(String(await reasonOf('url', 'https://receiver.example/{{a')), /^URL: .* not complete/);
    assert.match(
      String(await reasonOf('url', 'https://receiver.example/{{req.headers.cookie}}')),
      /credential/,
    );
    assert.equal(await reasonOf('headers', header('{{delivery.id}}')), true);
    assert.match(String(await reasonOf('headers', header('{{#each}}'))), /^Headers: .* is no dynamic tag/);
    assert.match(String(await reasonOf('headers', header('{{a}}\u20ac'))), /cannot be sent/);

    await editor().open('tagged');
    await editor().page.locator('.red-ui-editableList-addButton:visible').click();
    const value = editor().page.locator('#webhook-endpoint-headers [data-field=value]');
    await value.fill('{{#each}}');
    assert.match((await value.getAttribute('title')) ?? '', /is no dynamic tag/);
    await value.fill('{{ticketId}}');
    assert.equal(await value.getAttribute('title'), '');
    await editor().type(input('url'), 'https://hooks.slack.com/services/{{a');
    assert.equal(await editor().isMarked(input('secretUrl')), true);
    await editor().cancel();
  });

  it('keeps credentials while only tags change, and removes them with the host', async () => {
    await editor().open('tagged-secret');
    const stored = await editor().value(input('password'));
    await editor().type(input('url'), 'https://receiver.example/{{payload.ticket}}');
    assert.equal(await editor().value(input('password')), stored);
    await editor().type(input('url'), 'https://other.example/{{ticketId}}');
    assert.equal(await editor().value(input('password')), '');
    assert.equal(await editor().field('webhook-endpoint-dropped').isVisible(), true);
    await editor().cancel();
  });

  it('warns of what a helpdesk answers also where its URL has tags', async () => {
    const warning = editor().field('webhook-endpoint-ticket');
    await editor().open('tagged');
    await editor().type(input('url'), 'https://acme.freshdesk.com/api/v2/tickets/{{ticketId}}/notes');
    await openTab('retries');
    await editor().field('webhook-endpoint-success').selectOption('200');
    assert.match((await warning.textContent()) ?? '', /answers 201/);
    assert.equal(await warning.isVisible(), true);
    await editor().type(input('url'), 'https://acme.zendesk.com/api/v2/tickets/{{ticketId}}.json');
    assert.equal(await warning.isVisible(), false);
    await editor().cancel();
  });

  it('opens an older endpoint with what holds for it', async () => {
    await editor().open('older-endpoint');
    assert.equal(await editor().value(input('network')), 'any');
    assert.equal(await editor().value(input('allow')), '');
    assert.equal(await editor().value(input('tls')), '_ADD_');
    assert.equal(await editor().value(input('proxy')), '_ADD_');
    await openTab('filter');
    assert.match((await summary()) ?? '', /^Matches every response\./);
    await editor().done();
    const saved = await editor().node('older-endpoint');
    const newer = Object.fromEntries(Object.keys(NEWER).map((name) => [name, saved[name]]));
    assert.deepEqual({ ...newer, ratePerSecond: Number(saved.ratePerSecond) }, NEWER);
    assert.deepEqual(editor().errors, []);
  });
}
