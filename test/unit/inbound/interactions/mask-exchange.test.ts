import assert from 'node:assert/strict';
import { maskHeaders, maskTarget } from '../../../../src/inbound/interactions/mask-exchange.ts';

const masked = (name: string, value: string, credentialNames: readonly string[] = []): string | undefined =>
  maskHeaders([[name, value]], credentialNames)[0]?.[1];

describe('What is shown of a request', () => {
  const secret: readonly (readonly [name: string, value: string, shown?: string])[] = [
    ['Authorization', 'Basic dXNlcjpwYXNz', 'Basic [secret]'],
    ['authorization', 'bearer 123', 'bearer [secret]'],
    ['Authorization', 'the-key-alone'],
    ['Authorization', 'Bearer'],
    ['Proxy-Authorization', 'Digest username="a"', 'Digest [secret]'],
    ['Cookie', 'sid=123'],
    ['Set-Cookie', 'sid=123'],
    ['X-Api-Key', '123'],
    ['X-APIKey', '123'],
    ['X-Hub-Signature-256', 'sha256=123'],
    ['X-Shopify-Hmac-Sha256', '123'],
    ['X-CSRF-Token', '123'],
    ['X-Password', '123'],
    ['X-Session-Id', '123'],
    ['X-Forwarded-For-Auth', '123'],
    ['X-Original', 'Bearer 123'],
    ['X-Anything', 'a eyJhbGciOiJ.eyJzdWIiOiIx.c2ln b', 'a [secret] b'],
    ['X-Anything', `shk_${'a'.repeat(43)}`],
    ['Location', 'https://app.example/#access_token=1&n=2', 'https://app.example/#access_token=[secret]&n=2'],
    [
      'Referer',
      'https://user:pass@page.example/a?token=1&page=2',
      'https://[secret]@page.example/a?token=[secret]&page=2',
    ],
  ];
  for (const [name, value, shown = '[secret]'] of secret)
    it(`masks the header ${name}: ${value}`, () => assert.equal(masked(name, value), shown));

  for (const [name, value] of [
    ['Content-Type', 'application/json'],
    ['User-Agent', 'curl/8'],
    ['X-GitHub-Event', 'push'],
    ['webhook-id', 'msg_1'],
    ['webhook-timestamp', '1614265330'],
    ['X-Zendesk-Webhook-Signature-Timestamp', '2026-01-01T00:00:00Z'],
    ['Idempotency-Key', '123'],
    ['WWW-Authenticate', 'Basic realm="inbound hook"'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Link', '<https://page.example/?page=2>; rel="next"'],
  ] as const)
    it(`leaves the header ${name}: ${value}`, () => assert.equal(masked(name, value), value));

  it('masks a header by any name where senders prove themselves with it', () => {
    assert.equal(masked('X-Client-Id', '123', ['x-client-id']), '[secret]');
    assert.equal(masked('x-client-id', '123', ['X-Client-Id']), '[secret]');
    assert.equal(masked('X-Client-Id', '123', ['x-other']), '123');
  });

  for (const [target, shown] of [
    ['/hooks/a', '/hooks/a'],
    ['/hooks/a?x=1&y=a%20b', '/hooks/a?x=1&y=a%20b'],
    ['/hooks/a?token=1&x=2', '/hooks/a?token=[secret]&x=2'],
    ['/hooks/a?x=2&API_Key=1', '/hooks/a?x=2&API_Key=[secret]'],
    ['/hooks/a?%74oken=1', '/hooks/a?%74oken=[secret]'],
    ['/hooks/a?sig=1&code=2&design=3', '/hooks/a?sig=[secret]&code=[secret]&design=[secret]'],
    ['/hooks/a?signal-code=2&signature=', '/hooks/a?signal-code=[secret]&signature=[secret]'],
    ['/hooks/a?x=Basic%20dTpw&y=Bearer+1', '/hooks/a?x=[secret]&y=[secret]'],
    [`/hooks/a?x=shk_${'a'.repeat(43)}`, '/hooks/a?x=[secret]'],
    [`/hooks/a?x=%22shk_${'a'.repeat(43)}%22`, '/hooks/a?x=%22[secret]%22'],
    ['/hooks/a?x=%22eyJhbGciOiJ.eyJzdWIiOiIx.c2ln%22', '/hooks/a?x=%22[secret]%22'],
    ['/hooks/a?%zz=1&zipcode=2', '/hooks/a?%zz=1&zipcode=2'],
  ] as const)
    it(`shows ${target} as ${shown}`, () => assert.equal(maskTarget(target), shown));

  for (const beginning of ['eyJ-', '%22eyJ', '-eyJ', 'shk_-', '?a', '&a=', '//a', '%22'])
    it(`goes once through 64 KB of ${beginning}`, () => {
      const text = beginning.repeat(65_536 / beginning.length);
      const startedAt = performance.now();
      maskTarget(text);
      maskTarget(`eyJaaaaaa.${text}`);
      // A few milliseconds; seconds where each letter begins anew.
      assert.ok(performance.now() - startedAt < 1000);
    });

  it('cuts a header that is longer than it need be, and shows no more than 100', () => {
    assert.equal(masked('X-Long', 'x'.repeat(10_000))?.length, 2048);
    const many = Array.from({ length: 1000 }, (_, at) => [`X-${at}`, ''] as const);
    assert.equal(maskHeaders(many, []).length, 100);
  });
});
