import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { parseEndpoint, type EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import type { EndpointUrl } from '../../../../src/delivery/endpoint/endpoint-url.ts';
import { anEndpoint } from '../../../support/deliveries.ts';

const URL_TEXT = 'https://hooks.example/survey';

const calledUrl = (url: EndpointUrl): string => {
  const filled = url.fill(() => '');
  return 'url' in filled ? filled.url.href : filled.reason;
};

/** The settings that are wrong, in the order they are listed. */
function wrong(settings: Partial<EndpointSettings>): string[] {
  const parsed = parseEndpoint({ id: 'e', url: URL_TEXT, ...settings });
  return parsed.kind === 'invalid' ? parsed.problems.map(({ setting }) => setting) : [];
}

describe('parseEndpoint', () => {
  it('needs nothing but a URL', () => {
    const endpoint = anEndpoint({ url: URL_TEXT });
    assert.equal(endpoint.name, 'hooks.example');
    assert.equal(endpoint.method, 'POST');
    assert.equal(endpoint.contentType, 'json');
    assert.deepEqual(endpoint.headers, []);
    assert.deepEqual(endpoint.auth, { kind: 'none' });
    assert.equal(endpoint.timeoutMs, 5000);
    assert.deepEqual(endpoint.success, { kind: '2xx' });
    assert.equal(endpoint.retryOn, 'failure');
    assert.deepEqual(endpoint.retry.delaysMs, [300_000, 600_000, 1_200_000, 2_400_000]);
    assert.equal(endpoint.concurrency, 8);
    assert.equal(endpoint.ratePerSecond, 0);
    assert.equal(endpoint.ordered, false);
    assert.equal(endpoint.maxPending, 100_000);
    assert.equal(endpoint.expireAfterMs, 7 * 86_400_000);
    assert.equal(endpoint.isEnabled, true);
    assert.equal(endpoint.filter, undefined);
  });

  it('takes the filter that was made of the setting, and refuses what none could be made of', () => {
    const filter = () => 'not for it';
    assert.equal(anEndpoint({ filter }).filter, filter);
    const parsed = parseEndpoint({ id: 'e', url: URL_TEXT, filter: new Error('The filter is not valid.') });
    assert.deepEqual(parsed.kind === 'invalid' && parsed.problems, [
      { setting: 'filter', message: 'The filter is not valid.' },
    ]);
    // As a flow holds it.
    assert.deepEqual(wrong({ filter: { ratings: ['red'] } as never }), ['filter']);
  });

  it('makes one attempt at a time where they are ordered', () => {
    assert.equal(anEndpoint({ ordered: true, concurrency: 20 }).concurrency, 1);
    assert.deepEqual(wrong({ ordered: true, concurrency: 0 }), ['concurrency']);
  });

  it('takes a rate that is a whole number or a fraction, as a number or as text', () => {
    for (const rate of [0, 0.5, 20, 100_000]) {
      assert.equal(anEndpoint({ ratePerSecond: rate }).ratePerSecond, rate);
      assert.equal(anEndpoint({ ratePerSecond: String(rate) }).ratePerSecond, rate);
    }
  });

  it('takes empty settings for missing ones', () => {
    const empty = {
      name: ' ',
      method: '',
      contentType: '',
      auth: '',
      timeout: '',
      success: '',
      retry: '',
      retryOn: '',
      concurrency: '',
      ratePerSecond: '',
      maxPending: '',
      expireAfter: '',
    };
    assert.deepEqual(anEndpoint({ url: URL_TEXT, ...empty }), anEndpoint({ url: URL_TEXT }));
  });

  it('reads values as an environment variable leaves them: with spaces, as texts', () => {
    const endpoint = anEndpoint({
      url: ` ${URL_TEXT} `,
      timeout: ' 1500 ',
      concurrency: '3',
      retry: 'custom',
      retryDelays: '1s, 2s',
      success: ' 200 ',
    });
    assert.equal(endpoint.timeoutMs, 1500);
    assert.equal(endpoint.concurrency, 3);
    assert.deepEqual(endpoint.retry.delaysMs, [1000, 2000]);
    assert.deepEqual(endpoint.success, { kind: 'list', codes: [200] });
  });

  const bad: readonly [setting: keyof EndpointSettings, values: readonly unknown[]][] = [
    ['url', ['', ' ', 'not a url', '/relative', 'ftp://x.example', 'javascript:alert(1)', 'http://']],
    ['url', ['https://user@x.example', 'https://user:pw@x.example', 'https://:pw@x.example', {}, 5]],
    ['method', ['post', 'HEAD', 'CONNECT', 'POST\r\nX: y']],
    ['contentType', ['xml', 'JSON', 'constructor']],
    ['auth', ['digest', 'toString', '__proto__']],
    ['timeout', [0, -1, 1.5, '1e3', '0x10', 'soon', 600_001, '5s', Infinity]],
    ['ratePerSecond', [-1, 100_001, 'fast', NaN, null, true, {}]],
    ['ordered', ['true', 1, null]],
    ['concurrency', [0, 1001, '8 at once', '-1']],
    ['maxPending', [0, 100_000_001, 'all']],
    ['success', ['2', '2xx,404', 'ok', '200;201']],
    ['retry', ['always', 'CIO-PULSE', 'constructor']],
    ['retryOn', ['never', 'all']],
    ['expireAfter', ['7', 'a week', '-1d', '99999999d']],
    ['headers', ['X: y', { name: 'x' }]],
  ];
  for (const [setting, values] of bad) {
    for (const value of values) {
      it(`refuses ${setting} ${inspect(value)}`, () => {
        assert.deepEqual(wrong({ [setting]: value }), [setting]);
      });
    }
  }

  it('refuses custom retries without delays', () => {
    assert.deepEqual(wrong({ retry: 'custom' }), ['retryDelays']);
    assert.deepEqual(wrong({ retry: 'custom', retryDelays: '5 minutes' }), ['retryDelays']);
  });

  it('lists everything that is wrong', () => {
    const all = wrong({
      url: 'x',
      auth: 'basic',
      method: 'HEAD',
      headers: [
        { name: 'a b', value: 'c' },
        { name: 'Host', value: 'x' },
      ],
      timeout: -1,
      success: '?',
      retry: '?',
      expireAfter: '?',
    });
    const expected = ['url', 'auth', 'method', 'headers', 'headers', 'timeout'];
    assert.deepEqual(all, [...expected, 'success', 'retry', 'expireAfter']);
  });

  it('keeps the id and the name of what is not valid, for the log', () => {
    const parsed = parseEndpoint({ id: 'e', name: 'Slack', url: '' });
    assert.deepEqual(
      [parsed.kind, parsed.kind === 'invalid' && [parsed.id, parsed.name]],
      ['invalid', ['e', 'Slack']],
    );
  });

  it('never throws, whatever a flow holds', () => {
    const names = ['name', 'url', 'method', 'headers', 'auth', 'authHeader', 'timeout', 'success', 'retry'];
    const more = ['retryDelays', 'retryOn', 'concurrency', 'expireAfter', 'enabled', 'credentials'];
    const value = fc.oneof(fc.jsonValue(), fc.string(), fc.array(fc.dictionary(fc.string(), fc.string())));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names, ...more), value), (settings) => {
        parseEndpoint({ id: 'e', ...settings });
      }),
      { numRuns: 300 },
    );
  });
});

describe('The headers of an endpoint', () => {
  const header = (name: string, value: string) => wrong({ headers: [{ name, value }] });
  it('are taken in their order, also twice the same', () => {
    const headers = [
      { name: ' X-B ', value: '2' },
      { name: 'x-a', value: 'é' },
      { name: 'X-B', value: '' },
    ];
    assert.deepEqual(anEndpoint({ headers }).headers, [
      ['X-B', ['2']],
      ['x-a', ['é']],
      ['X-B', []],
    ]);
  });
  it('may have empty rows, which are none', () => {
    assert.deepEqual(anEndpoint({ headers: [{}, { name: ' ', value: '' }] }).headers, []);
  });
  for (const name of ['', 'a b', 'a:', 'ä', 'a\r\nb', 'x'.repeat(201)]) {
    it(`have no name ${JSON.stringify(name.slice(0, 10))}`, () =>
      assert.deepEqual(header(name, 'v'), ['headers']));
  }
  for (const value of ['a\r\nX-Other: b', 'a\n', '\0', 'a\x7f', '€', '😀']) {
    it(`have no value ${JSON.stringify(value)}`, () => assert.deepEqual(header('x-a', value), ['headers']));
  }
  for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'Connection', 'Webhook-Id', 'Expect']) {
    it(`leave ${name} to the delivery`, () => assert.deepEqual(header(name, 'v'), ['headers']));
  }
  it('leave the header of the authentication to it', () => {
    const credentials = { username: 'u', password: 'p', headerValue: 'v' };
    const headers = [{ name: 'authorization', value: 'x' }];
    assert.deepEqual(wrong({ auth: 'basic', headers, credentials }), ['headers']);
    assert.deepEqual(wrong({ auth: 'header', authHeader: 'Authorization', headers, credentials }), [
      'headers',
    ]);
    assert.deepEqual(wrong({ auth: 'header', authHeader: 'X-Key', headers, credentials }), []);
    assert.deepEqual(wrong({ auth: 'none', headers }), []);
  });
});

describe('The credentials of an endpoint', () => {
  const cases: readonly [what: string, settings: Partial<EndpointSettings>, problems: string[]][] = [
    ['basic without any', { auth: 'basic' }, ['auth']],
    ['basic with empty ones', { auth: 'basic', credentials: { username: '', password: '' } }, ['auth']],
    [
      'a user name with a colon',
      { auth: 'basic', credentials: { username: 'a:b', password: 'p' } },
      ['auth'],
    ],
    ['a password with colons', { auth: 'basic', credentials: { username: 'a', password: 'p:q:' } }, []],
    ['an empty password', { auth: 'basic', credentials: { username: 'key' } }, []],
    ['bearer without a token', { auth: 'bearer' }, ['auth']],
    ['a token with a line feed inside', { auth: 'bearer', credentials: { token: 'a\nb' } }, ['auth']],
    ['a token with a line feed after it', { auth: 'bearer', credentials: { token: 'a\n' } }, []],
    ['header without a name', { auth: 'header', credentials: { headerValue: 'v' } }, ['authHeader']],
    [
      'header with a name that is taken',
      { auth: 'header', authHeader: 'Host', credentials: { headerValue: 'v' } },
      ['authHeader'],
    ],
    ['header without a value', { auth: 'header', authHeader: 'X-Key' }, ['auth']],
  ];
  for (const [what, settings, problems] of cases) {
    it(`${problems.length > 0 ? 'refuse' : 'take'} ${what}`, () =>
      assert.deepEqual(wrong(settings), problems));
  }

  const SECRET = 'S3CR3T';
  const secrets = {
    secretUrl: `https://hooks.example/${SECRET}?k=${SECRET}`,
    username: 'ops',
    password: `${SECRET}:`,
    token: SECRET,
    headerValue: SECRET,
  };

  it('are in nothing that prints an endpoint', () => {
    for (const auth of ['basic', 'bearer', 'header']) {
      const endpoint = anEndpoint({ auth, authHeader: 'X-Key', credentials: secrets });
      for (const text of [JSON.stringify(endpoint), inspect(endpoint, { depth: 9, showHidden: true })])
        assert.doesNotMatch(text, new RegExp(SECRET));
      assert.doesNotMatch(`${endpoint.url.toString()}${endpoint.name}`, new RegExp(SECRET));
    }
  });

  it('are in no problem', () => {
    const broken: Partial<EndpointSettings>[] = [
      { credentials: { ...secrets, secretUrl: `ftp://x/${SECRET}` } },
      { credentials: { ...secrets, secretUrl: `https://a:${SECRET}@x/` } },
      { credentials: { ...secrets, secretUrl: `nowhere ${SECRET}` } },
      { auth: 'bearer', credentials: { token: `${SECRET}\n${SECRET}` } },
      { auth: 'header', authHeader: 'X-Key', credentials: { headerValue: `${SECRET}€` } },
      { auth: 'basic', credentials: { username: `${SECRET}:x`, password: SECRET } },
      { headers: [{ name: `Authorization: Bearer ${SECRET}`, value: '' }] },
      { headers: [{ name: 'X-Key', value: `${SECRET}\n` }] },
      { url: `https://a:${SECRET}@x/` },
    ];
    for (const settings of broken) {
      const parsed = parseEndpoint({ id: 'e', url: URL_TEXT, ...settings });
      assert.equal(parsed.kind, 'invalid');
      assert.doesNotMatch(JSON.stringify(parsed), new RegExp(SECRET));
    }
  });

  it('put the secret URL before the one that people see', () => {
    const { url } = anEndpoint({ url: 'https://hooks.example', credentials: secrets });
    assert.equal(calledUrl(url), secrets.secretUrl);
    assert.equal(url.isSecret, true);
    const blank = anEndpoint({ url: URL_TEXT, credentials: { secretUrl: ' ' } });
    assert.equal(calledUrl(blank.url), URL_TEXT);
    assert.equal(blank.url.isSecret, false);
  });
});
