import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';

const log = (id: string, more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type: 'webhook-log',
  z: 'tab',
  x: 300,
  y: 480,
  name: id,
  mode: 'query',
  deliveryStatus: '',
  endpoint: '',
  search: '',
  limit: 50,
  cursor: '',
  events: ['failed', 'endpoint-disabled', 'circuit'],
  inputs: 1,
  wires: [[]],
  ...more,
});

export const logFlows: FlowNode[] = [
  log('log-lookup'),
  log('log-alert'),
  log('log-choosing', { mode: 'events', inputs: 0, events: ['failed'] }),
  {
    id: 'log-source',
    type: 'inject',
    z: 'tab',
    name: '',
    props: [],
    repeat: '',
    crontab: '',
    once: false,
    onceDelay: 0.1,
    topic: '',
    x: 120,
    y: 480,
    wires: [['log-lookup', 'log-alert']],
  },
  // As a script may have written it.
  { id: 'log-bare', type: 'webhook-log', z: 'tab', x: 300, y: 540, name: '', wires: [[]] },
];

/** What a person sees of the node that looks into the log and tells of its events. */
export function logDialog(editor: () => Editor): void {
  const isShown = (id: string): Promise<boolean> => editor().field(id).isVisible();
  const choose = (mode: string): Promise<unknown> => editor().field('node-input-mode').selectOption(mode);
  const box = (label: RegExp): Locator =>
    editor().field('webhook-log-events').getByRole('checkbox', { name: label });
  const isValid = (id: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.nodes.node('${id}').valid`);
  const wiredTo = async (): Promise<unknown> => (await editor().node('log-source'))['wires'];

  it('shows what belongs to a look-up, and keeps it', async () => {
    await editor().open('log-lookup');
    assert.deepEqual([await isShown('node-input-limit'), await isShown('webhook-log-events')], [true, false]);
    await editor().field('node-input-deliveryStatus').selectOption({ label: 'Failed' });
    await editor().type('node-input-search', 'msg_');
    await editor().type('node-input-limit', '0');
    assert.ok(await editor().isMarked('node-input-limit'));
    await editor().type('node-input-limit', '100');
    assert.ok(!(await editor().isMarked('node-input-limit')));
    await editor().done();
    const { mode, deliveryStatus, search, limit, inputs } = await editor().node('log-lookup');
    assert.deepEqual(
      { mode, deliveryStatus, search, limit, inputs },
      { mode: 'query', deliveryStatus: 'Failed', search: 'msg_', limit: '100', inputs: 1 },
    );
    assert.deepEqual(await wiredTo(), [['log-lookup', 'log-alert']]);
  });

  it('has no input once it tells of events, and one again when it looks up', async () => {
    await editor().open('log-alert');
    await choose('events');
    assert.deepEqual([await isShown('node-input-limit'), await isShown('webhook-log-events')], [false, true]);
    await editor().done();
    assert.deepEqual([(await editor().node('log-alert'))['inputs'], await wiredTo()], [0, [['log-lookup']]]);
    await editor().deploy();
    const { mode, inputs, events } = await editor().deployed('log-alert');
    assert.deepEqual([mode, inputs, events], ['events', 0, ['failed', 'endpoint-disabled', 'circuit']]);
    await editor().load();
    const ports = `document.querySelectorAll('[id="log-alert"] .red-ui-flow-port-input').length`;
    assert.equal(await editor().page.evaluate(ports), 0);
    await editor().open('log-alert');
    await choose('query');
    await editor().done();
    assert.equal((await editor().node('log-alert'))['inputs'], 1);
  });

  it('keeps which events were chosen, and is wrong without any', async () => {
    await editor().open('log-choosing');
    assert.deepEqual(
      [
        await box(/delivery/)
          .first()
          .isChecked(),
        await box(/disabled/).isChecked(),
        await box(/pause/).isChecked(),
      ],
      [true, false, false],
    );
    await box(/pause/).check();
    await editor().done();
    assert.deepEqual((await editor().node('log-choosing'))['events'], ['failed', 'circuit']);
    assert.equal(await isValid('log-choosing'), true);
    await editor().open('log-choosing');
    await box(/failed/).uncheck();
    await box(/pause/).uncheck();
    await editor().done();
    assert.deepEqual((await editor().node('log-choosing'))['events'], []);
    assert.equal(await isValid('log-choosing'), false);
  });

  it('opens one without settings with what is usual, and takes it as it runs', async () => {
    assert.equal(await isValid('log-bare'), true);
    await editor().open('log-bare');
    assert.deepEqual(
      [await editor().value('node-input-mode'), await editor().value('node-input-limit')],
      ['query', '50'],
    );
    await choose('events');
    assert.ok(await box(/failed/).isChecked());
    await editor().cancel();
  });

  it('keeps its settings while it shows a status', async () => {
    await editor().page.evaluate(
      "RED.nodes.node('log-lookup').status = { fill: 'red', shape: 'dot', text: 'failed' }",
    );
    await editor().open('log-lookup');
    await editor().done();
    const node = await editor().node('log-lookup');
    assert.equal('status' in node, false);
  });
}
