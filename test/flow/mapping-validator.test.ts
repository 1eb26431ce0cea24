import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import inboundMapping from '../../nodes/inbound-mapping/inbound-mapping.ts';
import mappingValidator from '../../nodes/mapping-validator/mapping-validator.ts';
import {
  catchNode,
  completeNode,
  globalConfigNode,
  httpNodes,
  showsStatuses,
  statusesOf,
} from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { call } from '../support/http.ts';
import { until } from '../support/until.ts';

interface ValidMessage {
  payload: unknown;
  topic?: string;
  record: unknown;
}
interface InvalidMessage {
  payload: { error: { code: string }; violations: { field: string }[] };
  violations: unknown;
  statusCode: number;
  headers?: unknown;
}
interface CaughtMessage {
  error: { message: string };
}

let app: Parameters<typeof createServer>[1];

/** Gives the test the Express app on which core `http in` listens. */
const captureApp = (RED: NodeAPI): void => {
  app = RED.httpNode as typeof app;
};

/** Stands for an `http request` node earlier in a flow, which leaves its answer's headers on the message. */
const leftovers = (RED: NodeAPI): void => {
  RED.nodes.registerType('leftovers', function (this: Node, config) {
    RED.nodes.createNode(this, config);
    this.on('input', (message, send, done) => {
      const headers = { 'content-type': 'text/csv', 'content-length': '3', 'content-encoding': 'gzip' };
      send(Object.assign(message, { headers }));
      done();
    });
  });
};

const NODES = [
  captureApp,
  leftovers,
  inboundMapping,
  mappingValidator,
  catchNode,
  completeNode,
  globalConfigNode,
  httpNodes,
];

const tab = { id: 'tab', type: 'tab' };
const contacts = {
  id: 'map',
  type: 'inbound-mapping',
  dataType: 'contacts',
  fields: [],
  unknownFields: 'keep',
};
const validator = {
  id: 'v',
  z: 'tab',
  type: 'mapping-validator',
  mapping: 'map',
  wires: [['valid'], ['invalid']],
};
const around = [
  { id: 'valid', z: 'tab', type: 'helper', wires: [] },
  { id: 'invalid', z: 'tab', type: 'helper', wires: [] },
  { id: 'errors', z: 'tab', type: 'catch', scope: ['v'], wires: [['caught']] },
  { id: 'caught', z: 'tab', type: 'helper', wires: [] },
  { id: 'ends', z: 'tab', type: 'complete', scope: ['v'], wires: [['completed']] },
  { id: 'completed', z: 'tab', type: 'helper', wires: [] },
];

describe('mapping-validator', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(flow: { id: string; type: string; [property: string]: unknown }[]) {
    await runtime.load(NODES, [tab, ...flow, ...around]);
    const messages = {
      valid: runtime.messagesAt<ValidMessage>('valid'),
      invalid: runtime.messagesAt<InvalidMessage>('invalid'),
      caught: runtime.messagesAt<CaughtMessage>('caught'),
      completed: runtime.messagesAt('completed'),
    };
    const receive = async (message: object): Promise<void> => {
      const before = messages.caught.length + messages.completed.length;
      runtime.node('v').receive(message as NodeMessage);
      await until(() => messages.caught.length + messages.completed.length > before, { what: () => 'done' });
    };
    return { ...messages, receive };
  }

  it('sends a record out of the first output, and what makes it one', async () => {
    const { valid, invalid, completed, receive } = await run([contacts, validator]);
    await receive({ payload: { ' EMAIL': 'a@example.com', Colour: 'red' }, topic: 'kept' });
    assert.deepEqual(
      valid.map(({ payload, record }) => ({ payload, record })),
      [
        {
          payload: { email: 'a@example.com', Colour: 'red' },
          record: {
            dataType: 'contacts',
            identifier: { property: 'email', value: 'a@example.com' },
            droppedFields: [],
          },
        },
      ],
    );
    assert.equal(valid[0]?.topic, 'kept');
    assert.deepEqual([invalid.length, completed.length], [0, 1]);
  });

  it('sends everything else out of the second, with all violations', async () => {
    const { valid, invalid, receive } = await run([contacts, validator]);
    await receive({ payload: { Email: 'no', Phone: 'call me' }, headers: { 'content-length': '3' } });
    assert.equal(valid.length, 0);
    const { payload, violations, statusCode, headers } = invalid[0]!;
    assert.deepEqual([statusCode, headers, payload.error.code], [422, undefined, 'invalid_record']);
    assert.deepEqual(
      payload.violations.map(({ field }) => field),
      ['Email', 'Phone'],
    );
    assert.deepEqual(violations, payload.violations);
  });

  it('answers 422 in JSON through core http response, whatever headers came with the message', async () => {
    await runtime.load(NODES, [
      tab,
      { id: 'in', z: 'tab', type: 'http in', method: 'put', url: '/contacts', wires: [['left']] },
      { id: 'left', z: 'tab', type: 'leftovers', wires: [['v']] },
      contacts,
      { ...validator, wires: [[], ['response']] },
      { id: 'response', z: 'tab', type: 'http response', statusCode: '', headers: {}, wires: [] },
    ]);
    const server: Server = createServer(app);
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const answer = await call(`http://127.0.0.1:${port}/contacts`, {
        method: 'PUT',
        body: { Phone: '<script>' },
      });
      assert.equal(answer.status, 422);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      assert.deepEqual(answer.json(), {
        error: { code: 'invalid_record', message: 'The record is not valid: 1 violation.' },
        violations: [
          {
            field: 'Phone',
            path: '/Phone',
            rule: 'format',
            message:
              'Phone must be a phone number of digits, spaces, parentheses, dashes and plus, not "‹script›".',
          },
        ],
      });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('reads another property where that is set', async () => {
    const { valid, receive } = await run([contacts, { ...validator, property: 'req.body' }]);
    await receive({ payload: 'untouched', req: { body: { Phone: '1' } } });
    assert.deepEqual(valid[0]?.payload, { phone: '1' });
  });

  it('finds no fields where the way to that property ends early', async () => {
    const { invalid, receive } = await run([contacts, { ...validator, property: 'payload.data.contact' }]);
    for (const payload of [{}, null, { data: { contact: null } }]) await receive({ payload });
    assert.deepEqual(
      invalid.map(({ statusCode }) => statusCode),
      [422, 422, 422],
    );
  });

  it('shows a yellow status while the last message was invalid', async () => {
    const { receive } = await run([contacts, validator]);
    for (const payload of [{}, {}, { Phone: '1' }, { Phone: '2' }]) await receive({ payload });
    await showsStatuses(runtime.node('v'), 'mapping-validator.status.invalid', '');
  });

  it('sends nothing and says why where the mapping is gone', async () => {
    const { valid, invalid, caught, receive } = await run([{ ...validator, mapping: 'gone' }]);
    await receive({ payload: { Phone: '1' } });
    assert.match(caught[0]!.error.message, /no inbound mapping/);
    assert.deepEqual([valid.length, invalid.length], [0, 0]);
    assert.deepEqual(statusesOf(runtime.node('v')), ['mapping-validator.status.no-mapping']);
  });

  it('sends nothing and says why where the mapping is not valid', async () => {
    const fields = [{ field: 'A', property: 'a', pattern: '(' }];
    const { valid, invalid, caught, receive } = await run([{ ...contacts, fields }, validator]);
    assert.deepEqual(statusesOf(runtime.node('v')), ['mapping-validator.status.invalid-mapping']);
    await receive({ payload: { Phone: '1' } });
    assert.match(caught[0]!.error.message, /"A", has a pattern that is not a regular expression/);
    assert.deepEqual([valid.length, invalid.length], [0, 0]);
  });

  it('is not taken in by a node of another type in the place of the mapping', async () => {
    const { caught, receive } = await run([
      { id: 'other', type: 'helper' },
      { ...validator, mapping: 'other' },
    ]);
    await receive({ payload: { Phone: '1' } });
    assert.match(caught[0]!.error.message, /no inbound mapping/);
  });

  it('fills environment variables into the mapping', async () => {
    const env = [{ name: 'MAIL_FIELD', value: 'E-Mail', type: 'str' }];
    const fields = [{ field: '${MAIL_FIELD}', property: 'email' }];
    const global = { id: 'everywhere', type: 'global-config', env };
    const { valid, receive } = await run([global, { ...contacts, fields }, validator]);
    await receive({ payload: { 'e-mail': 'a@example.com' } });
    assert.deepEqual(valid[0]?.payload, { email: 'a@example.com' });
  });
});
