import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { RequestHeaders } from '../../src/signature/scheme.ts';
import { EngineBench } from '../support/engine-bench.ts';
import type { Sent } from '../support/scripted-transport.ts';
import { OTHER_WHSEC, WHSEC } from '../support/signing-secrets.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ID = 'webhook-id';
const TIMESTAMP = 'webhook-timestamp';
const SIGNATURE = 'webhook-signature';

const headersOf = ({ request }: Sent): RequestHeaders =>
  Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));

/** What a receiver of Standard Webhooks computes, as its specification says it. */
function expected({ request }: Sent, secret: string, headers: RequestHeaders): string {
  const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
  hmac.update(`${headers[ID]}.${headers[TIMESTAMP]}.`).update(request.body ?? '');
  return `v1,${hmac.digest('base64')}`;
}

/** Whether a receiver that has the secret takes the request, with these headers in place of its own. */
const isSignedWith = (sent: Sent, secret: string, swapped: RequestHeaders = {}): boolean => {
  const headers = { ...headersOf(sent), ...swapped };
  return (headers[SIGNATURE] ?? '').split(' ').includes(expected(sent, secret, headers));
};

describe('The engine signs', () => {
  let bench: EngineBench;
  const start = async (settings: Partial<EndpointSettings> = {}) => {
    bench = await EngineBench.start({ signing: 'secret', ...settings });
    bench.secret();
  };
  /** Long enough for what is looked at each minute, and for what is given up after a day, without a day of minutes. */
  const waitForDays = async () => {
    await bench.advance(2 * MINUTE);
    bench.clock.jump(3 * DAY);
    await bench.advance(2 * MINUTE);
  };
  afterEach(() => bench.close());

  it('each attempt at its own time, with the same id', async () => {
    await start({ retry: 'cio-pulse' });
    bench.transport.answer(() => 500);
    await bench.acceptOne('a', { webhookId: 'msg_same', body: Buffer.from([255, 254, 0, 10]) });
    await bench.advance(75 * MINUTE);
    const { sent } = bench.transport;
    assert.equal(sent.length, 5);
    for (const [index, one] of sent.entries()) {
      const headers = headersOf(one);
      assert.equal(headers[ID], 'msg_same');
      assert.equal(headers[TIMESTAMP], String(one.at / 1000));
      assert.ok(isSignedWith(one, WHSEC), `attempt ${index + 1}`);
      const earlier = sent[index - 1];
      if (earlier) assert.ok(!isSignedWith(one, WHSEC, { [TIMESTAMP]: headersOf(earlier)[TIMESTAMP] }));
    }
  });

  it('a resend at its own time, with the same id', async () => {
    await start();
    const id = await bench.acceptOne('a', { webhookId: 'msg_again' });
    await bench.advance(HOUR);
    await bench.engine.resend({ delivery: (await bench.find(id)).delivery });
    await bench.idle();
    const [first, second] = bench.transport.sent;
    assert.ok(first && second);
    assert.equal(headersOf(second)[ID], 'msg_again');
    assert.equal(Number(headersOf(second)[TIMESTAMP]) - Number(headersOf(first)[TIMESTAMP]), HOUR / 1000);
    assert.ok(isSignedWith(second, WHSEC));
  });

  it('with the secret as it is at the attempt: after a rotation with the new one, and the old one beside it', async () => {
    await start({ retry: 'custom', retryDelays: '1m,1m' });
    bench.transport.answer(() => 500);
    await bench.acceptOne();
    await bench.idle();
    bench.secret({ credentials: { secret: OTHER_WHSEC, previousSecret: WHSEC } });
    await bench.advance(MINUTE);
    bench.secret({ credentials: { secret: OTHER_WHSEC } });
    await bench.advance(MINUTE);
    const taken = (secret: string) => bench.transport.sent.map((one) => isSignedWith(one, secret));
    assert.deepEqual(taken(WHSEC), [true, true, false]);
    assert.deepEqual(taken(OTHER_WHSEC), [false, true, true]);
  });

  it('nothing while the secret is gone: what is open waits for it, and goes when it is back', async () => {
    await start({ retry: 'custom', retryDelays: '1m' });
    bench.transport.answer((_, earlier) => (earlier === 0 ? 500 : 200));
    const id = await bench.acceptOne();
    await bench.idle();
    bench.secrets.remove('secret');
    await waitForDays();
    assert.equal(bench.transport.sent.length, 1);
    assert.equal(await bench.statusOf(id), 'In Progress');
    bench.secret();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.ok(bench.transport.sent[1] && isSignedWith(bench.transport.sent[1], WHSEC));
  });

  it('nothing after a restart either, while the secret cannot be used', async () => {
    await start();
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    await bench.idle();
    bench.secret({ credentials: {} });
    await bench.crash();
    assert.equal(await bench.startEngine(), 1);
    await waitForDays();
    assert.equal(bench.transport.sent.length, 0);
    assert.equal(await bench.statusOf(id), 'In Progress');
    bench.secret();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.ok(bench.transport.sent.every((one) => isSignedWith(one, WHSEC)));
  });

  it('nothing of what is accepted while there is no secret, which has failed and says why', async () => {
    await start();
    bench.secrets.remove('secret');
    const id = await bench.acceptOne();
    await bench.idle();
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'endpoint-invalid');
    assert.match(delivery.lastResponse, /signing/);
    assert.match(bench.told[0]?.delivery.lastResponse ?? '', /signing/);
    bench.secret();
    await bench.advance(HOUR);
    assert.equal(bench.transport.sent.length, 0);
    await bench.engine.resend({ delivery });
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.ok(bench.transport.sent.every((one) => isSignedWith(one, WHSEC)));
  });

  it('what goes to one endpoint, and leaves others as they are', async () => {
    await start();
    bench.endpoint({ id: 'b' });
    await bench.accept(['a', 'b'], { webhookId: 'msg_both' });
    await bench.idle();
    const signed = bench.transport.sent.map((one) => [one.host, SIGNATURE in headersOf(one)]).sort();
    assert.deepEqual(signed, [
      ['a.example', true],
      ['b.example', false],
    ]);
    assert.ok(bench.transport.sent.every(({ webhookId }) => webhookId === 'msg_both'));
  });

  it('forms as Twilio does', async () => {
    const token = '12345';
    await start({ contentType: 'form', url: 'https://mycompany.com/myapp.php?foo=1&bar=2' });
    bench.secret({ scheme: 'twilio', credentials: { secret: token } });
    // The example of its documentation.
    const fields =
      'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
    const content = { contentType: 'application/x-www-form-urlencoded', body: Buffer.from(fields) };
    await bench.accept(['a'], { content: () => content });
    await bench.idle();
    assert.equal(headersOf(bench.transport.sent[0]!)['x-twilio-signature'], 'RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it('nothing that the scheme cannot sign: the attempt fails and says why', async () => {
    await start({ contentType: 'form', retry: 'cio-pulse', url: 'https://a.example/S3CR3T' });
    bench.secret({ scheme: 'twilio', credentials: { secret: '12345' } });
    // Accepted while the endpoint still sent JSON.
    const id = await bench.acceptOne();
    await bench.idle();
    const { delivery, attempts } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'permanent');
    assert.match(attempts[0]?.error ?? '', /bodySHA256/);
    assert.match(delivery.lastResponse, /not of the kind that this scheme signs/);
    assert.doesNotMatch(JSON.stringify([delivery, attempts]), /S3CR3T|12345/);
    assert.equal(bench.transport.sent.length, 0);
    assert.equal(bench.told.length, 1);
  });

  it('and writes no signature and no secret into the log', async () => {
    await start();
    const id = await bench.acceptOne();
    await bench.idle();
    const entry = await bench.find(id);
    const signature = headersOf(bench.transport.sent[0]!)[SIGNATURE]!;
    const text = JSON.stringify(entry);
    assert.ok(!text.includes(signature) && !text.includes(WHSEC));
    const headers = Object.fromEntries(entry.attempts[0]?.request?.headers ?? []);
    assert.equal(headers[SIGNATURE], '[secret]');
    assert.equal(headers[TIMESTAMP], String(bench.transport.sent[0]!.at / 1000));
  });
});
