import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { HookError } from '../../src/errors.ts';
import type { Response } from '../support/http.ts';
import { KeptHooks } from '../support/kept-hooks.ts';
import { until } from '../support/until.ts';

describe('A hook whose flow answers, and that knows duplicates', () => {
  let hooks: KeptHooks;
  /** The responses that flows have not answered yet. */
  let held: ServerResponse[];
  beforeEach(async () => {
    held = [];
    hooks = await KeptHooks.start();
  });
  afterEach(async () => hooks.stop());

  const claim = (flow: (response: ServerResponse) => void = (response) => void held.push(response)) =>
    hooks.claim({ dedupe: 'payload:id', flow });
  const send = (id: unknown = 1): Promise<Response> => hooks.send({ body: { id } });
  const summary = ({ status, text, headers }: Response) => [status, text, headers.get('content-type')];

  async function untilHeld(count: number): Promise<void> {
    await until(() => held.length >= count, { what: () => `${count} flows, not ${held.length}` });
  }

  /** The mark of the only request with an answer has reached the store. */
  async function untilNoted(method: 'answerMark' | 'forgetMark', count = 1): Promise<void> {
    const noted = () => hooks.bench.calls.filter((name) => name === method).length;
    await until(() => noted() >= count, { what: () => `${method} ${count} times, not ${noted()}` });
    await hooks.bench.store.info();
  }

  it('gives a duplicate the flow’s answer, also after a restart', async () => {
    claim((response) => response.writeHead(201, { 'content-type': 'text/x-own' }).end('made', 'latin1'));
    const first = await send();
    await untilNoted('answerMark');
    assert.deepEqual(summary(await send()), summary(first));
    await hooks.bench.restart();
    assert.deepEqual(summary(await send()), [201, 'made', 'text/x-own']);
    assert.equal(hooks.delivered.length, 1);
    assert.equal((await send(2)).status, 201);
    assert.equal(hooks.delivered.length, 2);
  });

  it('lets duplicates wait for an answer that is still to come', async () => {
    claim();
    const answers = [send()];
    await untilHeld(1);
    answers.push(send(), send(), send());
    await until(() => hooks.server.gate.pendingCount === 4, { what: () => 'four to wait' });
    held[0]!.setHeader('Content-Type', 'text/plain');
    held[0]!.write('o');
    held[0]!.end('ne');
    for (const answer of await Promise.all(answers))
      assert.deepEqual(summary(answer), [200, 'one', 'text/plain']);
    assert.equal(hooks.delivered.length, 1);
  });

  it('waits no longer for it than for an answer of its own', async () => {
    claim();
    const first = send();
    await untilHeld(1);
    await hooks.bench.clock.advance(20_000);
    const second = send();
    await until(() => hooks.server.gate.pendingCount === 2, { what: () => 'two to wait' });
    await hooks.bench.clock.advance(10_000);
    assert.deepEqual([(await first).status, (await second).status], [504, 504]);
  });

  it('does not remember what failed', async () => {
    claim((response) => response.writeHead(500).end('broken'));
    for (let count = 1; count <= 3; count++) {
      assert.equal((await send()).status, 500);
      await untilNoted('forgetMark', count);
      assert.equal(hooks.delivered.length, count);
    }
    claim();
    const late = send();
    await untilHeld(1);
    await hooks.bench.clock.advance(30_000);
    assert.equal((await late).status, 504);
    await untilNoted('forgetMark', 4);
    claim((response) => response.end('fine'));
    assert.equal((await send()).text, 'fine');
  });

  it('does not remember what asks its sender to come again', async () => {
    for (const [index, status] of [408, 425, 429].entries()) {
      claim((response) => response.writeHead(status).end());
      assert.equal((await send()).status, status);
      await untilNoted('forgetMark', index + 1);
    }
    claim((response) => response.end('fine'));
    assert.equal((await send()).text, 'fine');
  });

  it('remembers a refusal that the flow has chosen', async () => {
    claim((response) => response.writeHead(422).end('no'));
    await send();
    await untilNoted('answerMark');
    assert.equal((await send()).status, 422);
    assert.equal(hooks.delivered.length, 1);
  });

  it('remembers where a flow sends a browser', async () => {
    claim((response) => response.writeHead(302, ['Location', '/done']).end());
    await send();
    await untilNoted('answerMark');
    const again = await send();
    assert.deepEqual([again.status, again.headers.get('location')], [302, '/done']);
  });

  it('remembers of a large or an encoded answer only the status', async () => {
    claim((response) => response.writeHead(201, { 'content-type': 'text/plain' }).end('x'.repeat(16_385)));
    await send();
    await untilNoted('answerMark');
    assert.deepEqual(summary(await send()), [201, '', null]);
    claim((response) => response.setHeader('content-encoding', 'x-own').end('x'));
    await send(2);
    await untilNoted('answerMark', 2);
    assert.deepEqual(summary(await send(2)), [200, '', null]);
    claim((response) => response.end('x'.repeat(16_384)));
    await send(3);
    await untilNoted('answerMark', 3);
    assert.equal((await send(3)).text.length, 16_384);
  });

  it('takes an answer that comes after its sender has given up', async () => {
    claim();
    await assert.rejects(hooks.send({ body: { id: 1 }, timeoutMs: 200 }));
    await untilHeld(1);
    await until(() => held[0]!.closed, { what: () => 'the connection to end' });
    const second = send();
    await until(() => hooks.server.gate.pendingCount === 1, { what: () => 'the second to wait' });
    held[0]!.end('late');
    assert.equal((await second).text, 'late');
    await untilNoted('answerMark');
    assert.equal((await send()).text, 'late');
    assert.equal(hooks.delivered.length, 1);
  });

  it('begins anew when no answer came after its sender had given up', async () => {
    claim();
    await assert.rejects(hooks.send({ body: { id: 1 }, timeoutMs: 200 }));
    await until(() => held[0]?.closed === true, { what: () => 'the connection to end' });
    await hooks.bench.clock.advance(30_000);
    await untilNoted('forgetMark');
    const second = send();
    await untilHeld(2);
    held[1]!.end('second');
    assert.equal((await second).text, 'second');
  });

  it('begins anew after the flows have stopped', async () => {
    claim();
    const pending = send();
    await untilHeld(1);
    const waiting = send();
    await until(() => hooks.server.gate.pendingCount === 2, { what: () => 'two to wait' });
    await assert.rejects(hooks.send({ body: { id: 2 }, timeoutMs: 200 }));
    hooks.server.gate.shut();
    assert.deepEqual([(await pending).status, (await waiting).status], [503, 503]);
    await untilNoted('forgetMark', 2);
    hooks.server.gate.open();
    claim((response) => response.end('anew'));
    assert.equal((await send()).text, 'anew');
    assert.equal((await send(2)).text, 'anew');
  });

  it('refuses all of a kind with 503 while the store is down', async () => {
    claim((response) => response.end('fine'));
    const down = new HookError('HOOK_STORE_UNAVAILABLE', 'The store is down.');
    hooks.bench.failures.set('keep', down);
    const answers = await Promise.all([send(), send(), send()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503],
    );
    assert.equal(hooks.delivered.length, 0);
    hooks.bench.failures.clear();
    assert.equal((await send()).text, 'fine');
  });

  it('begins anew where the store was down when an answer was to be noted', async () => {
    claim((response) => response.end('fine'));
    hooks.bench.failures.set('answerMark', new HookError('HOOK_STORE_UNAVAILABLE', 'The store is down.'));
    assert.equal((await send()).text, 'fine');
    await untilNoted('answerMark');
    hooks.bench.failures.clear();
    assert.equal((await send()).text, 'fine');
    assert.equal(hooks.delivered.length, 2);
    await untilNoted('answerMark', 2);
    await send();
    assert.equal(hooks.delivered.length, 2);
  });

  it('lets a flow answer as ever where nothing tells its events apart', async () => {
    claim((response) => response.end('fine'));
    await send(null);
    await send(null);
    assert.equal(hooks.delivered.length, 2);
    assert.deepEqual(
      hooks.bench.calls.filter((name) => name === 'keep'),
      [],
    );
  });
});
