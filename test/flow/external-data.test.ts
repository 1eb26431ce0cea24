import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import { askAdmin, EXTERNAL_NODES, inTab, openNodesStore, trackerGroup } from '../support/external-flow.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

interface Told {
  payload?: unknown;
  external: Record<string, Record<string, unknown>>;
  externalData: {
    group: string;
    subject: unknown;
    favorites: object;
    problems: { label: string; parameter: string; message: string }[];
    deleted?: number;
  };
}

const external = (id: string, more: object = {}) =>
  inTab(id, 'external-data', { group: 'group', wires: [['told']], ...more });

const ACTORS = [
  external('getter', { action: 'get' }),
  external('setter', { action: 'set' }),
  external('deleter', { action: 'delete' }),
  external('written', { subject: 'T-${NUMBER}', subjectType: 'str' }),
  external('variable', { subject: 'TICKET', subjectType: 'env' }),
  external('expression', { subject: "'T-' & payload.number", subjectType: 'jsonata' }),
  external('no-expression', { subject: '((', subjectType: 'jsonata' }),
  external('no-group', { group: 'gone' }),
  external('no-choice', { group: '' }),
  external('empty-group', { group: '${NO_SUCH_GROUP}' }),
  external('broken-group', { group: 'broken' }),
  external('no-action', { action: 'rename' }),
];

const PAYLOAD = { key: 'HELP-1', result: { number: '12' }, items: [{ due: '2026-01-31' }], open: false };

describe('external-data', () => {
  let runtime: FlowRuntime;
  let told: Told[];
  let caught: { error: { message: string } }[];
  let completed: NodeMessage[];

  before(async () => {
    runtime = await FlowRuntime.start();
    await run();
    await shows('getter', 'ready');
  });
  after(() => runtime.stop());
  beforeEach(() => {
    for (const messages of [told, caught, completed]) messages.length = 0;
  });

  const env = [
    { name: 'NUMBER', value: '1', type: 'str' },
    { name: 'TICKET', value: 'T-1', type: 'str' },
  ];

  async function run(...groups: ReturnType<typeof trackerGroup>[]): Promise<void> {
    const broken = { id: 'broken', type: 'external-data-group', name: 'a.b', fields: [] };
    await runtime.load(EXTERNAL_NODES, [
      { id: 'tab', type: 'tab', env },
      ...(groups.length > 0 ? groups : [trackerGroup()]),
      broken,
      ...ACTORS,
      inTab('catcher', 'catch', { scope: ACTORS.map(({ id }) => id), wires: [['caught']] }),
      inTab('ends', 'complete', { scope: ACTORS.map(({ id }) => id), wires: [['completed']] }),
      ...['told', 'caught', 'completed'].map((id) => inTab(id, 'helper')),
    ]);
    told = runtime.messagesAt('told');
    caught = runtime.messagesAt('caught');
    completed = runtime.messagesAt('completed');
  }

  async function send(node: string, message: object): Promise<void> {
    const count = caught.length + completed.length;
    runtime.node(node).receive(structuredClone(message) as NodeMessage);
    await until(() => caught.length + completed.length > count, { what: () => 'the message to be done' });
  }

  async function tell(node: string, message: object): Promise<Told> {
    await send(node, message);
    assert.deepEqual(caught, []);
    return told.at(-1)!;
  }

  const about = (ticketId: unknown, more: object = {}) => ({ survey: { ticketId }, ...more });
  const shows = (id: string, status: string): Promise<void> =>
    until(
      () => {
        const last = runtime.callsOf(id, 'status').at(-1)?.[0] as { text?: string } | undefined;
        return last?.text === `external-data.status.${status}`;
      },
      { what: () => `${status} at ${id}` },
    );
  const warnings = (id: string): string[] => runtime.callsOf(id, 'warn').map(([words]) => String(words));

  for (const id of ['no-group', 'no-choice', 'empty-group', 'broken-group'])
    it(`shows that ${id} has no group`, async () => {
      await shows(id, 'no-group');
    });

  it('keeps the payload’s fields, and reads them into the message', async () => {
    const kept = await tell('setter', about('T-1', { payload: PAYLOAD, external: { Other: { a: 1 } } }));
    const values = {
      key: 'HELP-1',
      'result.number': 12,
      'items.0.due': '2026-01-31T00:00:00.000Z',
      open: false,
    };
    const subject = { kind: 'ticket', id: 'T-1' };
    assert.deepEqual(kept.external, { Other: { a: 1 }, Tracker: values });
    const favorites = { Key: 'HELP-1', Due: '2026-01-31T00:00:00.000Z' };
    assert.deepEqual(kept.externalData, { group: 'Tracker', subject, favorites, problems: [] });
    assert.deepEqual(kept.payload, PAYLOAD);
    await shows('setter', 'kept');

    const read = await tell('getter', about(' T-1 ', { payload: 'as it is' }));
    assert.deepEqual(
      [read.external, read.externalData, read.payload],
      [{ Tracker: values }, kept.externalData, 'as it is'],
    );
    await shows('getter', 'found');
    for (const [node, message] of [
      ['written', {}],
      ['variable', {}],
      ['expression', { payload: { number: 1 } }],
    ] as const)
      assert.deepEqual((await tell(node, message)).external, { Tracker: values }, node);
  });

  it('takes a number as the subject, and keeps what was there before where the payload lacks it', async () => {
    await tell('setter', about(7, { payload: { ...PAYLOAD, open: null } }));
    const { external: kept, externalData } = await tell(
      'setter',
      about('7', { payload: { key: 8, open: 'yes' } }),
    );
    assert.deepEqual(kept['Tracker'], {
      key: '8',
      'result.number': 12,
      'items.0.due': '2026-01-31T00:00:00.000Z',
    });
    assert.deepEqual(
      externalData.problems.map(({ label, message }) => [label, message]),
      [
        ['Number', 'It is not in the payload.'],
        ['Due', 'It is not in the payload.'],
        ['Open', 'It is a text; this field takes true or false.'],
      ],
    );
    await shows('setter', 'partly-kept');
  });

  it('warns of each problem once, without the value', async () => {
    for (let count = 0; count < 3; count += 1)
      await tell('setter', about('T-2', { payload: { ...PAYLOAD, open: 'S3CR3T' } }));
    const words = 'External data Tracker, Open (open): It is a text; this field takes true or false.';
    assert.deepEqual(
      warnings('setter').filter((warning) => /Open|S3CR3T/.test(warning) && !/not in/.test(warning)),
      [words],
    );
  });

  it('deletes all that is kept of one subject', async () => {
    for (const ticket of ['D-1', 'D-2']) await tell('setter', about(ticket, { payload: PAYLOAD }));
    const { external: left, externalData } = await tell(
      'deleter',
      about('D-1', { external: { Tracker: { key: 1 } } }),
    );
    assert.deepEqual([left, externalData.deleted], [{ Tracker: {} }, 4]);
    await shows('deleter', 'deleted');
    assert.deepEqual((await tell('getter', about('D-1'))).external, { Tracker: {} });
    await shows('getter', 'not-found');
    assert.equal((await tell('getter', about('D-2'))).external['Tracker']?.['key'], 'HELP-1');
    assert.equal((await tell('deleter', about('D-1'))).externalData.deleted, 0);
  });

  it('has kept everything when Node-RED is started again, under the group’s new name', async () => {
    await tell('setter', about('R-1', { payload: PAYLOAD }));
    await run(trackerGroup({ name: 'Desk', fields: [{ label: 'Id', parameter: 'key', favorite: true }] }));
    const { external: read, externalData } = await tell('getter', about('R-1'));
    assert.equal(read['Desk']?.['key'], 'HELP-1');
    assert.equal(read['Desk']['result.number'], 12);
    assert.deepEqual([externalData.group, externalData.favorites], ['Desk', { Id: 'HELP-1' }]);
    await run();
    await shows('getter', 'ready');
  });

  for (const [node, message, words] of [
    ['getter', {}, /does not say which ticket it is about/],
    ['getter', about(''), /does not say which ticket/],
    ['getter', about({ id: 1 }), /does not say which ticket/],
    ['getter', about('x'.repeat(257)), /does not say which ticket/],
    ['setter', about('T', { payload: 'S3CR3T' }), /payload must be an object/],
    ['setter', about('T'), /payload must be an object/],
    ['no-group', about('T'), /group is not in the flows or not valid/],
    ['no-choice', about('T'), /group is not in the flows or not valid/],
    ['empty-group', about('T'), /group is not in the flows or not valid/],
    ['broken-group', about('T'), /group is not in the flows or not valid/],
    ['no-action', about('T'), /must be one of get, set, delete/],
    ['no-expression', about('T'), /JSONata/],
  ] as const)
    it(`fails towards a Catch node: ${node} with ${JSON.stringify(message).slice(0, 40)}`, async () => {
      await send(node, message);
      assert.match(caught[0]?.error.message ?? '', words);
      assert.equal(caught[0]?.error.message.includes('S3CR3T'), false);
      assert.equal(told.length, 0);
      await shows(node, 'error');
    });

  it('tells what is wrong with a group at the deploy', async () => {
    const problems = runtime.callsOf('broken', 'error').map(([words]) => String(words));
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? '', /name: It must have 1 to 64 characters/);
    assert.match(problems[1] ?? '', /fields: A group has 1 to 100 fields/);
    await run(trackerGroup(), trackerGroup({ id: 'second', name: 'tracker' }));
    for (const id of ['group', 'second'])
      await until(() => runtime.callsOf(id, 'error').some(([words]) => /name-taken/.test(String(words))), {
        what: () => `the error of ${id}`,
      });
    await run();
  });

  describe('over the admin API', () => {
    const field = (label: string, value: unknown, more: object = {}) => ({
      label,
      value,
      favorite: false,
      ...more,
    });

    it('is listed by group and subject, with its fields', async () => {
      await tell('setter', about('A-1', { payload: PAYLOAD }));
      for (const group of ['group', 'Tracker']) {
        const { status, body } = await askAdmin(`external-data?group=${group}&subject=A-1`);
        assert.equal(status, 200);
        const { items, nextCursor } = body as { items: Record<string, unknown>[]; nextCursor: unknown };
        assert.equal(nextCursor, null);
        assert.equal(items.length, 1);
        const { fields, updatedAt, ...row } = items[0]!;
        assert.deepEqual(row, {
          group: 'group',
          groupName: 'Tracker',
          subject: { kind: 'ticket', id: 'A-1' },
        });
        assert.match(String(updatedAt), /^\d{4}-\d\d-\d\dT.+Z$/);
        assert.deepEqual(
          fields,
          [
            field('Due', '2026-01-31T00:00:00.000Z', {
              parameter: '/items/0/due',
              type: 'date-time',
              favorite: true,
            }),
            field('Key', 'HELP-1', { parameter: 'key', type: 'string', favorite: true }),
            field('Open', false, { parameter: 'open', type: 'boolean' }),
            field('Number', 12, { parameter: 'result.number', type: 'integer' }),
          ].map((one) => ({ ...one, updatedAt })),
        );
      }
    });

    it('is listed page by page, also of a group that is gone', async () => {
      const { externalData } = await openNodesStore();
      const values = [{ parameter: 'key', type: 'string', value: 'K' }] as const;
      for (const id of ['1', '2', '3'])
        await externalData.set({ groupId: 'gone', subject: { kind: 'user', id }, values, now: 1 });
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await askAdmin(`external-data?group=gone&limit=2&cursor=${cursor}`);
        const page = body as {
          items: { groupName: string; subject: { id: string } }[];
          nextCursor: string | null;
        };
        seen.push(...page.items.map(({ groupName, subject }) => `${groupName} ${subject.id}`));
        cursor = page.nextCursor ?? '';
      } while (cursor !== '');
      assert.deepEqual(seen, ['gone 1', 'gone 2', 'gone 3']);
    });

    for (const query of ['limit=0', 'limit=201', 'limit=x', 'group=a&group=b', 'cursor=x'])
      it(`refuses ${query}`, async () => {
        const { status, body } = await askAdmin(`external-data?${query}`);
        assert.equal(status, 400);
        assert.ok((body as { error: { message: string } }).error.message);
      });
  });
});
