import assert from 'node:assert/strict';
import { maskAnswer } from '../../../../src/delivery/echo/answer-mask.ts';
import { formRequest } from '../../../../src/delivery/attempt.ts';
import type { EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { RESPONSE_BODY_BYTES, type TransportResult } from '../../../../src/delivery/transport.ts';
import { ACCEPTED_AT, anEndpoint, anEvent } from '../../../support/deliveries.ts';

const SECRET = 'S3CR3T-of-ours';
const withSecret = { secretUrl: '', username: 'ops', password: SECRET, token: SECRET, headerValue: SECRET };

/** The answer of a receiver that echoes what it got, masked. */
function echoed(settings: Partial<EndpointSettings>, more: string | Buffer = '') {
  const endpoint = anEndpoint(settings);
  const event = anEvent({ values: JSON.stringify({ ticketId: 'TICKET-0001' }) });
  const { url, headers } = formRequest(endpoint, { delivery: { id: 'd1' }, event }, ACCEPTED_AT).request;
  const echo = JSON.stringify({ url: `${url.pathname}${url.search}`, headers });
  const body = typeof more === 'string' ? Buffer.from(more || echo) : more;
  return masked({ body, headers: { 'x-echo': headers.map((one) => one.join(': ')) } }, endpoint, url);
}

function masked(
  answer: Partial<Extract<TransportResult, { kind: 'response' }>>,
  ...[endpoint, url]: [ReturnType<typeof anEndpoint>, URL]
) {
  const result = {
    kind: 'response',
    statusCode: 200,
    headers: {},
    body: Buffer.alloc(0),
    isBodyCut: false,
  } as const;
  const found = maskAnswer({ ...result, ...answer }, endpoint, url);
  assert.ok(found.kind === 'response');
  return found;
}

describe('What an answer repeats of the request', () => {
  const echoes: Readonly<Record<string, Partial<EndpointSettings>>> = {
    'a password': { auth: 'basic', credentials: withSecret },
    'a token': { auth: 'bearer', credentials: withSecret },
    'the value of a header': { auth: 'header', authHeader: 'X-Custom', credentials: withSecret },
    'a URL that is the secret': { credentials: { secretUrl: `https://x.example/${SECRET}?a=${SECRET}` } },
    'a parameter whose name says so': { url: `https://x.example/?api_key=${SECRET}` },
    'a parameter that has no value': { url: `https://x.example/?${SECRET}` },
    'a header whose name says so': { headers: [{ name: 'Cookie', value: ` ${SECRET}` }] },
    'what the environment has, in a header': {
      headers: [{ name: 'X-Tenant', value: 'v {{env.KEY}} {{ticketId}}' }],
    },
    'what the environment has, in the URL': {
      url: 'https://x.example/{{env.KEY}}/{{ticketId}}?b={{env.KEY}}',
    },
  };
  for (const [what, settings] of Object.entries(echoes))
    it(`is masked: ${what}`, () => {
      const { body, headers } = echoed({
        ...settings,
        readEnv: (name) => (name === 'KEY' ? SECRET : undefined),
      });
      const text = body.toString() + JSON.stringify(headers);
      assert.match(text, /\[secret\]/);
      assert.doesNotMatch(text, /S3CR3T/);
      assert.ok(!text.includes(Buffer.from(`ops:${SECRET}`).toString('base64')));
    });

  it('is left where it is no credential: user names, ids, plain parameters and headers', () => {
    const { body } = echoed({
      url: 'https://x.example/{{ticketId}}?version=2026-01-01',
      headers: [{ name: 'X-Tenant', value: 'acme-corporation' }],
      auth: 'basic',
      credentials: { ...withSecret, username: 'operations' },
    });
    for (const text of ['TICKET-0001', '2026-01-01', 'acme-corporation'])
      assert.ok(body.includes(text), text);
    assert.ok(!body.includes(SECRET));
  });

  it('is left where it is so short that it stands there by chance', () => {
    const { body } = echoed({ auth: 'bearer', credentials: { token: 'ticket' } }, '{"ticket":1}');
    assert.equal(body.toString(), '{"ticket":1}');
  });

  it('changes no byte of an answer without any', () => {
    const bytes = Buffer.from([0, 159, 146, 150, 255]);
    assert.deepEqual(echoed({ auth: 'bearer', credentials: withSecret }, bytes).body, bytes);
  });

  it('is masked at the end of an answer that was cut', () => {
    const endpoint = anEndpoint({ auth: 'bearer', credentials: withSecret });
    const url = new URL('https://x.example/');
    const body = Buffer.from(`it was ${SECRET.slice(0, -1)}`);
    assert.equal(masked({ body, isBodyCut: true }, endpoint, url).body.toString(), 'it was [secret]');
  });

  it('makes no answer longer than is kept', () => {
    const endpoint = anEndpoint({ auth: 'bearer', credentials: withSecret });
    const url = new URL('https://x.example/');
    // Bytes that are no text take three each as one.
    const body = Buffer.alloc(RESPONSE_BODY_BYTES, 255);
    body.write(SECRET, 100);
    assert.equal(masked({ body, isBodyCut: true }, endpoint, url).body.length, RESPONSE_BODY_BYTES);
  });

  it('is masked by the value that a variable has by then', () => {
    let value = 'the-first-one';
    const endpoint = anEndpoint({
      headers: [{ name: 'X-Tenant', value: '{{env.KEY}}' }],
      readEnv: () => value,
    });
    const answer = { body: Buffer.from('the-first-one, the-second-one') };
    const texts = ['the-first-one', 'the-second-one'].map((one) => {
      value = one;
      return masked(answer, endpoint, new URL('https://x.example/')).body.toString();
    });
    assert.deepEqual(texts, ['[secret], the-second-one', 'the-first-one, [secret]']);
  });

  it('leaves an error as it is', () => {
    const error = { kind: 'error', code: 'timeout', message: 'late' } as const;
    assert.equal(maskAnswer(error, anEndpoint(), new URL('https://x.example/')), error);
  });
});
