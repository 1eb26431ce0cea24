import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { formRequest, recordAttempt, recordInterrupted } from '../../../src/delivery/attempt.ts';
import type { AttemptOutcome } from '../../../src/delivery/delivery.ts';
import type { DeliveryEvent } from '../../../src/delivery/delivery-store.ts';
import type { EndpointSettings } from '../../../src/delivery/endpoint/endpoint-settings.ts';
import type { TransportResult } from '../../../src/delivery/transport.ts';
import { keepValues } from '../../../src/delivery/kept-values.ts';
import { rejected, type RequestHeaders, type SignatureScheme } from '../../../src/signature/scheme.ts';
import { SigningSecretDirectory } from '../../../src/signature/signing-secret-directory.ts';
import { SigningSecret } from '../../../src/signature/signing-secret.ts';
import type { SigningSecretSettings } from '../../../src/signature/signing-secret-settings.ts';
import { aDelivery, ACCEPTED_AT, anEndpoint, anEvent } from '../../support/deliveries.ts';
import { aSigningSecret, OTHER_WHSEC, secretDirectory, WHSEC } from '../../support/signing-secrets.ts';

const SECRET = 'S3CR3T';
const sentAs = (event: DeliveryEvent) => ({ delivery: { id: 'd1' }, event });
const form = (settings: Partial<EndpointSettings> = {}, event = anEvent()) =>
  formRequest(anEndpoint(settings), sentAs(event), ACCEPTED_AT);
const headersOf = (settings: Partial<EndpointSettings> = {}, event?: DeliveryEvent) =>
  form(settings, event).request.headers.map((header) => header.join(': '));

describe('formRequest', () => {
  it('sends the standard headers, the webhook id, the endpoint’s own and the authentication, in this order', () => {
    const settings = {
      headers: [{ name: 'X-Tenant', value: 'acme' }],
      auth: 'bearer',
      credentials: { token: 'abc' },
    };
    assert.deepEqual(headersOf(settings), [
      'Content-Type: application/json',
      'User-Agent: survey-hooks',
      'Accept-Encoding: identity',
      'webhook-id: msg_1',
      'X-Tenant: acme',
      'Authorization: Bearer abc',
    ]);
  });
  it('lets the endpoint’s own headers take the place of the standard ones', () => {
    const headers = [
      { name: 'content-type', value: 'application/vnd.survey+json' },
      { name: 'USER-AGENT', value: 'mine' },
      { name: 'accept-encoding', value: 'gzip' },
    ];
    assert.deepEqual(headersOf({ headers }), [
      'webhook-id: msg_1',
      'content-type: application/vnd.survey+json',
      'USER-AGENT: mine',
      'accept-encoding: gzip',
    ]);
  });
  it('sends the headers of the event before the endpoint’s own, with the id of the delivery in them', () => {
    const event = anEvent({
      headers: [
        ['Idempotency-Key', '{{delivery.id}}'],
        ['X-Tags', 'a {{ delivery.id }} {{delivery.id}} {{delivery.name}}'],
        ['user-agent', 'theirs'],
      ],
    });
    assert.deepEqual(headersOf({ headers: [{ name: 'X-Tenant', value: '{{delivery.id}}' }] }, event), [
      'Content-Type: application/json',
      'Accept-Encoding: identity',
      'webhook-id: msg_1',
      'Idempotency-Key: d1',
      'X-Tags: a d1 d1 {{delivery.name}}',
      'user-agent: theirs',
      'X-Tenant: d1',
    ]);
  });
  it('lets what the endpoint sets, signs or authenticates with take the place of the event’s headers', () => {
    const names = ['idempotency-key', 'x-api-key', 'WEBHOOK-SIGNATURE'];
    const settings = {
      headers: [{ name: 'Idempotency-Key', value: 'own' }],
      auth: 'header',
      authHeader: 'X-Api-Key',
      credentials: { headerValue: 'k' },
      signing: 'secret',
    };
    const event = anEvent({ headers: names.map((name) => [name, 'theirs']) });
    const { request, masked } = formRequest(
      anEndpoint(settings, secretDirectory()),
      sentAs(event),
      ACCEPTED_AT,
    );
    assert.deepEqual(
      request.headers
        .filter(([name]) => names.includes(name.toLowerCase()) || name === 'webhook-signature')
        .map(([name]) => name),
      ['Idempotency-Key', 'X-Api-Key', 'webhook-signature'],
    );
    assert.doesNotMatch(JSON.stringify([request.headers, masked.headers]), /theirs/);
  });
  it('sends the bytes of the event as they are', () => {
    const body = Buffer.from([0, 255, 13, 10, 128]);
    assert.equal(form({}, anEvent({ body })).request.body, body);
  });
  for (const method of ['GET', 'DELETE']) {
    it(`sends ${method} without body and content type, with the webhook id`, () => {
      const { request } = form({ method });
      assert.equal('body' in request, false);
      assert.deepEqual(
        request.headers.map(([name]) => name),
        ['User-Agent', 'Accept-Encoding', 'webhook-id'],
      );
    });
  }
  for (const method of ['POST', 'PUT', 'PATCH']) {
    it(`sends ${method} with a body`, () => assert.ok(form({ method }).request.body));
  }
  it('writes Basic credentials in UTF-8 (RFC 7617), with colons in the password', () => {
    const credentials = { username: 'Jürgen', password: 'pä:ss:€' };
    const value = headersOf({ auth: 'basic', credentials }).at(-1)!;
    assert.equal(value, `Authorization: Basic ${Buffer.from('Jürgen:pä:ss:€').toString('base64')}`);
  });
  it('sends the header that the endpoint names', () => {
    const settings = { auth: 'header', authHeader: 'X-Api-Key', credentials: { headerValue: 'k' } };
    assert.equal(headersOf(settings).at(-1), 'X-Api-Key: k');
  });
  it('sends to the whole URL, in the time allowed', () => {
    const { request } = form({ url: 'https://x.example/a?b=c#d', timeout: 1234 });
    assert.equal(request.url.href, 'https://x.example/a?b=c');
    assert.equal(request.timeoutMs, 1234);
  });
});

describe('A request with dynamic tags', () => {
  const TAGGED = {
    url: 'https://x.example/t/{{ticketId}}?by={{agent}}',
    headers: [
      { name: 'X-Agent', value: 'agent {{agent}}' },
      { name: 'X-Token', value: '{{env.TOKEN}}' },
      { name: 'Accept', value: '{{env.TOKEN}}' },
      { name: 'X-Delivery', value: '{{delivery.id}}' },
    ],
    readEnv: (name: string) => (name === 'TOKEN' ? SECRET : undefined),
  };
  const eventOf = (survey: object) => anEvent({ values: keepValues({ survey }, []) });

  it('has the values of the event in its URL and its headers', () => {
    const { request } = form(TAGGED, eventOf({ ticketId: 'a/b', agent: 'José' }));
    assert.equal(request.url.href, 'https://x.example/t/a%2Fb?by=Jos%C3%A9');
    assert.deepEqual(request.headers.slice(-4), [
      ['X-Agent', 'agent José'],
      ['X-Token', SECRET],
      ['Accept', SECRET],
      ['X-Delivery', 'd1'],
    ]);
  });
  it('shows nothing of the environment in the log', () => {
    const { masked } = form(TAGGED, eventOf({ ticketId: 'a/b', agent: 'José' }));
    assert.equal(masked.url, 'https://x.example/t/a%2Fb?by=[secret]');
    assert.deepEqual(masked.headers.slice(-4), [
      ['X-Agent', '[secret]'],
      ['X-Token', '[secret]'],
      ['Accept', '[secret]'],
      ['X-Delivery', 'd1'],
    ]);
    assert.equal('warnings' in masked, false);
  });
  it('has nothing where a tag has no value, and a warning', () => {
    const { request, masked } = form({ ...TAGGED, readEnv: () => undefined }, eventOf({ ticketId: 1 }));
    assert.equal(request.url.href, 'https://x.example/t/1?by=');
    assert.deepEqual(request.headers.slice(-4, -2), [
      ['X-Agent', 'agent'],
      ['X-Token', ''],
    ]);
    assert.deepEqual(masked.warnings, [
      '{{agent}} has no value, so nothing stands in its place.',
      '{{env.TOKEN}} has no value, so nothing stands in its place.',
    ]);
  });
  it('is none where a tag of the path has no value', () => {
    assert.throws(() => form(TAGGED, eventOf({ agent: 'x' })), {
      code: 'HOOK_MESSAGE_INCOMPLETE',
      message: 'The path of the URL needs {{ticketId}}, which has no value.',
    });
  });
  for (const agent of ['a\nb', 'a\r\nX-Injected: b', 'a\0b', 'Łukasz', '😀'])
    it(`is none where a header would hold ${JSON.stringify(agent)}`, () => {
      const settings = { headers: [{ name: 'X-Agent', value: '{{agent}}' }] };
      assert.throws(() => form(settings, eventOf({ agent })), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /^The header X-Agent cannot be sent/,
      });
    });
  it('has no line ends around the value of a header', () => {
    const settings = { headers: [{ name: 'X-Agent', value: '{{agent}}' }] };
    assert.deepEqual(form(settings, eventOf({ agent: ' Jo\r\n' })).request.headers.at(-1), ['X-Agent', 'Jo']);
  });
  it('is signed as it goes out', () => {
    const twilio = { scheme: 'twilio', credentials: { secret: 'abc' } };
    const signed = (url: string) =>
      formRequest(
        anEndpoint({ url, method: 'GET', signing: 'secret' }, secretDirectory(twilio)),
        sentAs(eventOf({ ticketId: 'a/b' })),
        ACCEPTED_AT,
      ).request.headers.at(-1);
    assert.deepEqual(signed('https://x.example/{{ticketId}}'), signed('https://x.example/a%2Fb'));
  });
});

describe('A signed request', () => {
  const THERMOMETER = { scheme: 'customer-thermometer', credentials: { secret: 'my_shared_secret' } };
  const formSigned = (
    secret: Partial<SigningSecretSettings> = {},
    settings: Partial<EndpointSettings> = {},
    event = anEvent(),
  ) => {
    const endpoint = anEndpoint({ signing: 'secret', ...settings }, secretDirectory(secret));
    return formRequest(endpoint, sentAs(event), ACCEPTED_AT);
  };
  const byName = (headers: readonly (readonly [string, string])[]): RequestHeaders =>
    Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

  /** What the receiver finds, whose secret has these settings. */
  const verify = (
    { request }: ReturnType<typeof formRequest>,
    secret: Partial<SigningSecretSettings> = {},
  ) => {
    const { method, url, headers, body = new Uint8Array() } = request;
    const target = `${url.pathname}${url.search}`;
    const received = { bytes: body, headers: byName(headers), method, origin: url.origin, target };
    return aSigningSecret(secret).verify(received, ACCEPTED_AT);
  };

  it('has the signature’s headers once each, behind the others', () => {
    const auth = { auth: 'bearer', credentials: { token: 'abc' } };
    const { request } = formSigned({}, { ...auth, headers: [{ name: 'X-Tenant', value: 'acme' }] });
    assert.deepEqual(
      request.headers.map(([name]) => name),
      [
        'Content-Type',
        'User-Agent',
        'Accept-Encoding',
        'X-Tenant',
        'Authorization',
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ],
    );
    assert.equal(byName(request.headers)['webhook-id'], 'msg_1');
    assert.equal(byName(request.headers)['webhook-timestamp'], String(ACCEPTED_AT / 1000));
  });
  it('keeps the webhook id where the signature has none', () => {
    const headers = byName(formSigned(THERMOMETER).request.headers);
    assert.equal(headers['webhook-id'], 'msg_1');
    assert.equal(headers['date'], 'Thu, 01 Jan 2026 00:00:00 GMT');
  });
  it('signs the bytes as they go out, also such as are not UTF-8', () => {
    const body = Buffer.from([0, 255, 254, 13, 10, 128]);
    const formed = formSigned({}, {}, anEvent({ body }));
    assert.equal(formed.request.body, body);
    assert.deepEqual(verify(formed), { verified: true, keyUsed: 'current', id: 'msg_1' });
  });
  for (const method of ['GET', 'DELETE'])
    it(`signs no bytes with ${method}`, () => {
      const formed = formSigned(THERMOMETER, { method });
      assert.equal('body' in formed.request, false);
      assert.equal(verify(formed, THERMOMETER).verified, true);
    });
  it('gives the scheme the request as it goes out', () => {
    const signed: unknown[] = [];
    const scheme: SignatureScheme = {
      headerNames: ['X-Signature'],
      signsUrl: false,
      readKey: () => ({ fault: '' }),
      sign: (message, keys, now) => {
        signed.push({ ...message, keys: keys.length, now });
        return { 'X-Signature': 'abc' };
      },
      verify: () => rejected('mismatch'),
    };
    const secrets = new SigningSecretDirectory();
    const current = { name: 'current', key: createSecretKey(Buffer.from('x')) } as const;
    const rest = { name: '', schemeId: 'generic', toleranceMs: 0, previousUntil: 0 } as const;
    const parts = { id: 'secret', scheme, current, previous: undefined, publicUrl: undefined, ...rest };
    secrets.set({ kind: 'valid', secret: new SigningSecret(parts) });
    const settings = {
      url: 'https://x.example:444/in?#part',
      signing: 'secret',
      headers: [
        { name: 'X-Tag', value: 'a' },
        { name: 'x-tag', value: 'b' },
      ],
      auth: 'bearer',
      credentials: { token: 'abc' },
    };
    formRequest(
      anEndpoint(settings, secrets),
      sentAs(anEvent({ headers: [['X-From-Message', '1']] })),
      ACCEPTED_AT,
    );
    assert.deepEqual(signed, [
      {
        bytes: Buffer.from('{"score":9}'),
        id: 'msg_1',
        method: 'POST',
        url: 'https://x.example:444/in',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'survey-hooks',
          'accept-encoding': 'identity',
          'webhook-id': 'msg_1',
          'x-from-message': '1',
          'x-tag': 'a, b',
          authorization: 'Bearer abc',
        },
        keys: 1,
        now: ACCEPTED_AT,
      },
    ]);
  });
  it('is signed with the previous secret too until its time is over', () => {
    const credentials = { secret: OTHER_WHSEC, previousSecret: WHSEC };
    const until = (previousUntil: string) => formSigned({ credentials, previousUntil });
    assert.equal(verify(until('2026-01-02')).verified, true);
    assert.equal(verify(until('2025-12-31')).verified, false);
    assert.equal(verify(until('2025-12-31'), { credentials: { secret: OTHER_WHSEC } }).verified, true);
  });
  it('shows time and id in the log, and never the signature', () => {
    const { masked, request } = formSigned();
    assert.deepEqual(masked.headers.slice(-3), [
      ['webhook-id', 'msg_1'],
      ['webhook-timestamp', String(ACCEPTED_AT / 1000)],
      ['webhook-signature', '[secret]'],
    ]);
    assert.deepEqual(
      masked.headers.map(([name]) => name),
      request.headers.map(([name]) => name),
    );
    assert.deepEqual(formSigned(THERMOMETER).masked.headers.slice(-2), [
      ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
      ['X-Ct-Hmac-Sha256', '[secret]'],
    ]);
  });
});

describe('What the log keeps of a request', () => {
  const secrets = {
    secretUrl: `https://hooks.example/${SECRET}?k=${SECRET}`,
    username: 'ops',
    password: SECRET,
    token: SECRET,
    headerValue: SECRET,
  };
  for (const auth of ['none', 'basic', 'bearer', 'header']) {
    it(`has no secret of ${auth}`, () => {
      const names = ['X-Auth-Token', 'Cookie', 'x-api-key', 'Api_Secret', 'X-Password', 'X-Signature'];
      const headers = [...names, 'X-Session', 'X-Hmac'].map((name) => ({ name, value: SECRET }));
      const { masked, request } = form({ auth, authHeader: 'X-Custom', headers, credentials: secrets });
      assert.doesNotMatch(JSON.stringify(masked), new RegExp(SECRET));
      assert.doesNotMatch(JSON.stringify(masked), new RegExp(btoa(`ops:${SECRET}`)));
      assert.deepEqual(
        masked.headers.map(([name]) => name),
        request.headers.map(([name]) => name),
      );
    });
  }
  it('shows the delivery’s own id, and masks the other headers of the event', () => {
    const headers: DeliveryEvent['headers'] = [
      ['Idempotency-Key', '{{delivery.id}}'],
      ['X-Other', `${SECRET} {{delivery.id}}`],
    ];
    const { masked } = form({ headers: [{ name: 'X-Tenant', value: SECRET }] }, anEvent({ headers }));
    assert.deepEqual(masked.headers.slice(-3), [
      ['Idempotency-Key', 'd1'],
      ['X-Other', '[secret]'],
      ['X-Tenant', '[secret]'],
    ]);
  });
  it('shows what is no secret, and masks whatever may be one', () => {
    const { masked } = form({
      url: 'https://x.example/in?key=1',
      headers: [{ name: 'X-Tenant', value: 'acme' }],
    });
    assert.equal(masked.url, 'https://x.example/in?key=[secret]');
    assert.deepEqual(masked.headers, [
      ['Content-Type', 'application/json'],
      ['User-Agent', 'survey-hooks'],
      ['Accept-Encoding', 'identity'],
      ['webhook-id', 'msg_1'],
      ['X-Tenant', '[secret]'],
    ]);
  });
});

describe('The row of an attempt', () => {
  const delivery = aDelivery({
    kind: 'sending',
    number: 3,
    startedAt: ACCEPTED_AT,
    manual: true,
    from: { kind: 'succeeded', finishedAt: ACCEPTED_AT },
  });
  const bad: AttemptOutcome = { kind: 'failed', response: '', retryable: true, message: 'It answered 500.' };
  const record = (result: TransportResult | undefined, outcome: AttemptOutcome = bad) =>
    recordAttempt(delivery, { outcome, result, masked: undefined, durationMs: 12 });

  it('holds the answer, with its secrets masked', () => {
    const body = Buffer.from([0, 159, 146, 150]);
    const headers = {
      'set-cookie': ['a=S3CR3T', 'b=S3CR3T'],
      location: 'https://x.example/S3CR3T',
      refresh: '5; url=https://x.example/?k=S3CR3T',
      'x-auth-token': 'S3CR3T',
      'content-type': 'text/plain',
    };
    const row = record({ kind: 'response', statusCode: 500, headers, body, isBodyCut: true });
    assert.deepEqual(
      [row.number, row.manual, row.outcome, row.startedAt, row.durationMs, row.statusCode, row.error],
      [3, true, 'failed', ACCEPTED_AT, 12, 500, 'It answered 500.'],
    );
    assert.deepEqual(row.responseHeaders, {
      'set-cookie': ['[secret]', '[secret]'],
      location: '[secret]',
      refresh: '[secret]',
      'x-auth-token': '[secret]',
      'content-type': 'text/plain',
    });
    assert.deepEqual([row.responseBody, row.isResponseCut], [body, true]);
  });
  it('has no error after a success', () => {
    const result = {
      kind: 'response',
      statusCode: 200,
      headers: {},
      body: Buffer.alloc(0),
      isBodyCut: false,
    } as const;
    assert.equal(record(result, { kind: 'succeeded', statusCode: 200, response: '' }).error, '');
  });
  it('has no answer where none came', () => {
    const row = record({ kind: 'error', code: 'timeout', message: 'late' });
    assert.deepEqual([row.statusCode, row.responseHeaders, row.responseBody.length], [undefined, {}, 0]);
  });
  it('says of an interrupted one only when it began', () => {
    const row = recordInterrupted(delivery);
    assert.deepEqual([row.outcome, row.durationMs, row.startedAt], ['interrupted', undefined, ACCEPTED_AT]);
    assert.match(row.error, /may have got it/);
  });
});
