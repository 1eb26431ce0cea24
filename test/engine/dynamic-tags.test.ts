import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;
const SURVEY = { ticketId: 'T 1', agent: 'Jo', respondent: { email: 'a@b.example' }, raw: { secret: 'x' } };
const message = () => ({ message: { survey: { ...SURVEY }, payload: { score: 9 }, topic: 'nps' } });

describe('Dynamic tags', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start();
    bench.transport.answer(() => 500);
  });
  afterEach(() => bench.close());

  const urls = () => bench.transport.sent.map(({ request }) => request.url.href);
  const lastAttempt = async (id: string) => (await bench.find(id)).attempts.at(-1);

  it('have on each attempt the values that the message had when it was accepted', async () => {
    bench.endpoint({ url: 'http://a.example/{{ticketId}}?by={{agent}}&t={{payload.score}}' });
    const request = message();
    await bench.acceptOne('a', request);
    request.message.survey.ticketId = 'T 2';
    await bench.advance(5 * MINUTE);
    assert.deepEqual(urls(), Array(2).fill('http://a.example/T%201?by=Jo&t=9'));
  });

  it('have them after a crash', async () => {
    bench.endpoint({
      url: 'http://a.example/{{survey.ticketId}}',
      headers: [{ name: 'X-Topic', value: '{{topic}}' }],
    });
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne('a', message());
    await bench.idle();
    await bench.crash();
    await bench.startEngine();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    const { request } = bench.transport.sent[0]!;
    assert.equal(request.url.href, 'http://a.example/T%201');
    assert.ok(request.headers.some(([name, value]) => name === 'X-Topic' && value === 'nps'));
  });

  it('are those of the URL as it is by then: a corrected one helps what waits', async () => {
    bench.endpoint({ url: 'http://a.example/wrong' });
    const id = await bench.acceptOne('a', message());
    await bench.idle();
    bench.endpoint({ url: 'http://b.example/{{ticketId}}/{{respondent.email}}/{{topic}}/{{payload.score}}' });
    bench.transport.answer(() => 200);
    await bench.advance(5 * MINUTE);
    assert.equal(urls()[1], 'http://b.example/T%201/a%40b.example/nps/9');
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('help what failed at an endpoint that was not valid, once it is', async () => {
    bench.endpoint({ url: 'http://{{host}}/' });
    const id = await bench.acceptOne('a', message());
    const { delivery } = await bench.find(id);
    assert.match(
      delivery.state.kind === 'failed' ? delivery.state.message : '',
      /url: A dynamic tag stands before/,
    );
    bench.endpoint({ url: 'http://a.example/{{ticketId}}' });
    await bench.engine.resend({ delivery });
    await bench.idle();
    assert.deepEqual(urls(), ['http://a.example/T%201']);
  });

  it('are filled in for another endpoint that a delivery is sent again to', async () => {
    bench.endpoint({ url: 'http://a.example/{{agent}}' });
    bench.endpoint({ id: 'b', url: 'http://b.example/{{ticketId}}' });
    const id = await bench.acceptOne('a', message());
    await bench.idle();
    await bench.engine.resend({ delivery: (await bench.find(id)).delivery, endpointId: 'b' });
    await bench.advance(100);
    assert.deepEqual(urls(), ['http://a.example/Jo', 'http://b.example/T%201']);
  });

  it('have the ids of each delivery', async () => {
    const url = 'http://x.example/{{delivery.id}}/{{delivery.webhookId}}';
    for (const id of ['a', 'b']) bench.endpoint({ id, url });
    const deliveries = await bench.accept(['a', 'b']);
    await bench.idle();
    assert.deepEqual(
      urls().sort(),
      deliveries.map(({ id, webhookId }) => `http://x.example/${id}/${webhookId}`).sort(),
    );
  });

  it('fail a delivery at once where the path lacks one, with that reason', async () => {
    bench.endpoint({ method: 'DELETE', url: 'http://a.example/tickets/{{payload.id}}' });
    const id = await bench.acceptOne('a', message());
    await bench.advance(90 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    const { delivery } = await bench.find(id);
    assert.deepEqual(delivery.state.kind === 'failed' && [delivery.state.reason, delivery.attempts], [
      'permanent',
      1,
    ]);
    assert.equal(delivery.lastResponse, 'The path of the URL needs {{payload.id}}, which has no value.');
    assert.deepEqual(
      bench.told.map(({ attempt }) => attempt?.outcome),
      ['failed'],
    );
  });

  it('fail a delivery at once where no header can hold them', async () => {
    bench.endpoint({ headers: [{ name: 'X-Agent', value: '{{agent}}' }] });
    const id = await bench.acceptOne('a', { message: { agent: 'a\r\nX-Injected: b' } });
    await bench.advance(90 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    assert.match((await bench.find(id)).delivery.lastResponse, /^The header X-Agent cannot be sent/);
  });

  it('are empty elsewhere where they have no value, and the log warns of it', async () => {
    bench.endpoint({
      url: 'http://a.example/?q={{payload.id}}',
      headers: [{ name: 'X-A', value: '{{nope}}' }],
    });
    const id = await bench.acceptOne('a', message());
    await bench.idle();
    assert.deepEqual(urls(), ['http://a.example/?q=']);
    assert.deepEqual((await lastAttempt(id))?.request?.warnings, [
      '{{payload.id}} has no value, so nothing stands in its place.',
      '{{nope}} has no value, so nothing stands in its place.',
    ]);
  });

  it('read the environment at each attempt, and nothing of it is stored', async () => {
    let token = 'S3CR3T-1';
    bench.endpoint({
      url: 'http://a.example/{{env.TOKEN}}?t={{env.TOKEN}}',
      headers: [{ name: 'User-Agent', value: '{{env.TOKEN}}' }],
      readEnv: (name) => (name === 'TOKEN' ? token : undefined),
    });
    const id = await bench.acceptOne('a', { message: { env: { TOKEN: 'theirs' } } });
    await bench.idle();
    token = 'S3CR3T-2';
    await bench.advance(5 * MINUTE);
    assert.deepEqual(
      urls(),
      ['S3CR3T-1', 'S3CR3T-2'].map((text) => `http://a.example/${text}?t=${text}`),
    );
    const entry = await bench.find(id);
    assert.doesNotMatch(JSON.stringify([entry, bench.told, bench.warnings]), /S3CR3T/);
    assert.equal(entry.attempts[0]?.request?.url, 'http://a.example/[secret]?t=[secret]');
  });

  it('refuse a message whose values cannot be kept, for all its endpoints', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    bench.endpoint({ url: 'http://a.example/?q={{circle}}' });
    bench.endpoint({ id: 'b' });
    await assert.rejects(bench.accept(['b', 'a'], { message: { circle } }), {
      code: 'HOOK_MESSAGE_UNREADABLE',
    });
    assert.deepEqual(await bench.statuses(), {});
    bench.transport.answer(() => 200);
    await bench.accept(['b'], message());
    await bench.idle();
    assert.equal(bench.transport.sent.length, 1);
  });
});
