import assert from 'node:assert/strict';
import { adminAuth, AdminClient } from '../support/admin-users.ts';
import { NodeRed, type DeliveryRow } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const LOG = 'survey-hooks/deliveries';
const RESEND = `${LOG}/resend`;

describe('The admin API for the log as a whole', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;
  let client: AdminClient;
  let isMended = false;

  before(async () => {
    receiver = await Receiver.start(({ webhookId }) => ({
      status: webhookId.startsWith('bad') && !isMended ? 500 : 200,
    }));
    userDir = await makeUserDir();
    const { flows, credentials } = relayTo(receiver.url, { retry: 'none' });
    nodeRed = await NodeRed.start({ userDir, flows, credentials, settings: { adminAuth } });
    client = await AdminClient.logIn(nodeRed);
    for (const id of ['good-1', 'bad-1', 'good-2', 'bad-2', 'bad-3']) await sendToRelay(nodeRed.url, id);
    await statuses({ Succeeded: 2, Failed: 3 });
  });
  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const ask = (...asked: Parameters<AdminClient['ask']>) => client.ask(...asked);
  const resend = (body: object) => ask('operator', RESEND, { body });

  async function rows(query = ''): Promise<DeliveryRow[]> {
    return ((await ask('reader', `${LOG}?${query}`)).json() as { items: DeliveryRow[] }).items;
  }
  async function statuses(expected: Record<string, number>): Promise<void> {
    const count = async () => {
      const all = await rows();
      return Object.fromEntries(
        Object.keys(expected).map((status) => [status, all.filter((row) => row.status === status).length]),
      );
    };
    let found: unknown;
    await until(async () => JSON.stringify((found = await count())) === JSON.stringify(expected), {
      what: () => `${JSON.stringify(expected)}; there are ${JSON.stringify(found)}`,
    });
  }
  const linesOf = (text: string): unknown[] =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);

  it('counts the last 24 hours by hour and status, oldest first', async () => {
    const { items } = (await ask('reader', `${LOG}/histogram`)).json() as {
      items: Record<string, unknown>[];
    };
    assert.equal(items.length, 24);
    const times = items.map(({ from }) => Date.parse(String(from)));
    times.forEach((time, index) => assert.equal(time, times[0]! + index * 3_600_000));
    assert.ok(Date.now() - times.at(-1)! < 2 * 3_600_000);
    const sum = (name: string) => items.reduce((total, item) => total + Number(item[name]), 0);
    assert.deepEqual([sum('succeeded'), sum('failed'), sum('inProgress')], [2, 3, 0]);
  });

  it('exports the rows of the list as lines, newest first, and what a filter leaves of them', async () => {
    const answer = await ask('reader', `${LOG}/export`);
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson; charset=utf-8');
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="deliveries.ndjson"');
    assert.deepEqual(linesOf(answer.text), await rows());
    const failed = await ask('reader', `${LOG}/export?status=Failed&search=bad`);
    assert.deepEqual(linesOf(failed.text), await rows('status=Failed'));
    assert.equal((await ask('reader', `${LOG}/export?search=nothing`)).text, '');
  });

  it('exports bodies to those who may see them and ask for them', async () => {
    assert.ok(!(await ask('auditor', `${LOG}/export`)).text.includes('"body"'));
    const answer = await ask('auditor', `${LOG}/export?bodies=true&search=good-2`);
    const [row] = await rows('search=good-2');
    const body = '{"id":"good-2"}';
    assert.deepEqual(linesOf(answer.text), [{ ...row, contentType: 'application/json', body }]);
  });

  for (const query of ['status=failed', 'from=yesterday', 'bodies=yes', 'bodies=true&bodies=true', 'to[a]=1'])
    it(`exports nothing for the query ${query}`, async () => {
      const answer = await ask('admin', `${LOG}/export?${query}`);
      assert.equal(answer.status, 400);
      assert.equal((answer.json() as { error: { code: string } }).error.code, 'invalid_query');
    });

  const refused: readonly [body: object, status: number, code: string][] = [
    [{}, 400, 'empty_filter'],
    [{ filter: {} }, 400, 'empty_filter'],
    [{ filter: {}, all: false }, 400, 'empty_filter'],
    [{ filter: { status: '', search: null } }, 400, 'empty_filter'],
    [{ filter: { stauts: 'Failed' } }, 400, 'invalid_body'],
    [{ filter: { stauts: 'Failed' }, all: true }, 400, 'invalid_body'],
    [{ filter: { status: 'failed' } }, 400, 'invalid_query'],
    [{ filter: { from: 'yesterday' } }, 400, 'invalid_query'],
    [{ filter: 'all' }, 400, 'invalid_body'],
    [{ filter: [] }, 400, 'invalid_body'],
    [{ filter: { ids: [] } }, 400, 'invalid_body'],
    [{ filter: { ids: 'a' } }, 400, 'invalid_body'],
    [{ filter: { ids: [1] } }, 400, 'invalid_body'],
    [{ filter: { ids: ['a'], status: 'Failed' } }, 400, 'invalid_body'],
    [{ filter: { ids: Array.from({ length: 1001 }, String) } }, 400, 'invalid_body'],
    [{ filter: { status: 'Failed' }, dryRun: 'true' }, 400, 'invalid_body'],
    [{ filter: {}, all: 1 }, 400, 'invalid_body'],
    [{ filter: { status: 'Failed' }, endpoint: 7 }, 400, 'invalid_body'],
    [{ filter: { status: 'Failed' }, endpoint: 'gone' }, 409, 'endpoint_gone'],
    [{ filter: { status: 'Failed' }, endpoint: 'gone', dryRun: true }, 409, 'endpoint_gone'],
  ];
  for (const [body, status, code] of refused)
    it(`answers ${status} to a resend of ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const answer = await resend(body);
      assert.equal(answer.status, status, answer.text);
      assert.equal((answer.json() as { error: { code: string } }).error.code, code);
      assert.equal(receiver.requests.length, 5);
    });

  it('counts before it resends', async () => {
    const dry = async (body: object) => (await resend({ ...body, dryRun: true })).json();
    assert.deepEqual(await dry({ filter: { status: 'Failed' } }), { count: 3, skipped: 0 });
    assert.deepEqual(await dry({ filter: {}, all: true }), { count: 5, skipped: 0 });
    assert.deepEqual(await dry({ filter: { ids: ['gone'] } }), { count: 0, skipped: 1 });
    assert.equal(receiver.requests.length, 5);
  });

  it('resends some by their ids, and then what a filter leaves, and tells open editors', async () => {
    const socket = new WebSocket(`${nodeRed.url.replace('http', 'ws')}/comms`);
    const told: string[] = [];
    socket.addEventListener('message', ({ data }) => void told.push(String(data)));
    try {
      await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
      socket.send(JSON.stringify({ auth: client.tokenOf('watcher') }));
      await until(() => told.join().includes('"ok"'), { what: () => 'to be let in' });
      isMended = true;
      const [failed] = await rows('search=bad-2');
      assert.ok(failed);
      const answer = await resend({ filter: { ids: [failed.id] } });
      assert.deepEqual([answer.status, answer.json()], [202, { count: 1, skipped: 0 }]);
      await statuses({ Succeeded: 3, Failed: 2 });
      const told1 = `{"kind":"delivery","id":"${failed.id}","status":"Succeeded"}`;
      await until(() => told.join().includes(told1), { what: () => `${told1} in ${told.join()}` });
      assert.deepEqual((await resend({ filter: { status: 'Failed' } })).json(), { count: 2, skipped: 0 });
      await statuses({ Succeeded: 5, Failed: 0 });
      assert.equal(receiver.requests.length, 8);
      await ask('operator', 'survey-hooks/endpoints/relay-endpoint/disable', { body: {} });
      const disabled = '{"kind":"endpoint","id":"relay-endpoint","status":"disabled"}';
      await until(() => told.join().includes(disabled), { what: () => `${disabled} in ${told.join()}` });
      await ask('operator', 'survey-hooks/endpoints/relay-endpoint/enable', { body: {} });
    } finally {
      socket.close();
    }
  });
});
