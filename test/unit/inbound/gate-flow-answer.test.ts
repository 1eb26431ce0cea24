import assert from 'node:assert/strict';
import { FakeClock } from '../../support/fake-clock.ts';
import { GateServer } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';
import { until } from '../../support/until.ts';

const codeOf = (answer: { json(): unknown }): string =>
  (answer.json() as { error: { code: string } }).error.code;

describe('The gate for a flow that answers', () => {
  const clock = new FakeClock();
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start({ clock });
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  const flow = { by: 'flow', timeoutMs: 1000 } as const;

  it('gives the flow the response', async () => {
    server.claimOpen('a', {
      answer: flow,
      accept: (event, response) =>
        void setImmediate(() => response?.writeHead(422).end(JSON.stringify(event.payload))),
    });
    const answer = await post('/hooks/a', { body: { a: 1 } });
    assert.equal(answer.status, 422);
    assert.deepEqual(answer.json(), { a: 1 });
    await until(() => server.gate.pendingCount === 0, { what: () => 'nothing to be pending' });
  });

  it('answers 504 in its place when the time is over, after which the flow cannot answer any more', async () => {
    let late: (() => void) | undefined;
    server.claimOpen('a', {
      answer: flow,
      accept: (_, response) => {
        late = () => void response?.setHeader('x', '1').writeHead(200, { y: '1' }).end('late');
      },
    });
    const answering = post('/hooks/a');
    await until(() => server.gate.pendingCount === 1, { what: () => 'a pending answer' });
    await clock.advance(999);
    assert.equal(server.gate.pendingCount, 1);
    await clock.advance(1);
    const answer = await answering;
    assert.equal(answer.status, 504);
    assert.equal(codeOf(answer), 'flow_timeout');
    assert.ok(late);
    late();
  });

  it('answers 503 to those that wait when the gate shuts or the hook goes', async () => {
    server.claimOpen('a', { answer: flow, accept: () => undefined });
    server.claimOpen('b', { answer: flow, accept: () => undefined });
    const answers = [post('/hooks/a'), post('/hooks/b')];
    await until(() => server.gate.pendingCount === 2, { what: () => 'two pending answers' });
    server.gate.release('a');
    assert.equal((await answers[0]!).status, 503);
    assert.equal(server.gate.pendingCount, 1);
    server.gate.shut();
    const answer = await answers[1]!;
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '5');
    assert.equal(clock.timerCount, 0);
  });

  it('forgets a sender that went away', async () => {
    server.claimOpen('a', { answer: flow, accept: () => undefined });
    const connection = await server.connect();
    connection.send(['POST /hooks/a HTTP/1.1', 'Host: x']);
    await until(() => server.gate.pendingCount === 1, { what: () => 'a pending answer' });
    connection.close();
    await until(() => server.gate.pendingCount === 0, { what: () => 'nothing to be pending' });
    assert.equal(clock.timerCount, 0);
  });

  it('leaves a flow alone that has begun to answer', async () => {
    let end: (() => void) | undefined;
    server.claimOpen('a', {
      answer: flow,
      accept: (_, response) => {
        response?.write('begun, ');
        end = () => response?.end('ended');
      },
    });
    const answering = post('/hooks/a');
    await until(() => end !== undefined, { what: () => 'the flow to begin' });
    await clock.advance(5000);
    end?.();
    assert.equal((await answering).text, 'begun, ended');
  });
});
