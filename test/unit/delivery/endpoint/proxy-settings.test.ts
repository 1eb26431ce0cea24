import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { parseProxy, type ProxyValues } from '../../../../src/delivery/endpoint/proxy-settings.ts';
import { proxyOf } from '../../../support/routes.ts';

const url = 'http://proxy.example:3128';

/** What is wrong with a proxy; undefined = nothing. */
function wrong(values: ProxyValues): string | undefined {
  const parsed = parseProxy(values);
  if (parsed.kind === 'valid') return undefined;
  assert.doesNotMatch(parsed.message, /S3CR3T/);
  return parsed.message;
}
const loginOf = (values: ProxyValues): string | undefined => {
  const [, code] = proxyOf(values).authorization?.reveal().split(' ') ?? [];
  return code === undefined ? undefined : Buffer.from(code, 'base64').toString('utf8');
};

describe('A proxy', () => {
  it('is where its URL says, and nothing else of that is kept', () => {
    assert.equal(proxyOf({ url: ' http://u:p@Proxy.Example:3128/path?q#f ' }).url.href, `${url}/`);
    assert.equal(proxyOf({ url: 'https://proxy.example' }).url.href, 'https://proxy.example/');
  });

  it('is refused where its URL is none of HTTP', () => {
    for (const text of ['', 'proxy.example:3128', 'socks5://proxy.example', 'http://', 'S3CR3T', '//x'])
      assert.match(wrong({ url: text })!, /must begin with http/);
    assert.match(wrong({})!, /must begin with http/);
    assert.match(wrong({ url: 'http://S3CR3T:%zz@proxy.example' })!, /% that begins no code/);
    assert.match(wrong({ url, username: 'S3CR3T:a', password: 'b' })!, /colon/);
  });

  it('has a login of its own before that of its URL', () => {
    assert.equal(loginOf({ url }), undefined);
    assert.equal(loginOf({ url, username: '', password: '' }), undefined);
    assert.equal(loginOf({ url, username: 'ü', password: 'p:q' }), 'ü:p:q');
    assert.equal(loginOf({ url, password: 'p' }), ':p');
    assert.equal(loginOf({ url: 'http://a%40b:c%3Ad@proxy.example' }), 'a@b:c:d');
    assert.equal(loginOf({ url: 'http://a:b@proxy.example', username: 'c', password: 'd' }), 'c:d');
  });

  it('lists each host that is called without it', () => {
    assert.deepEqual(proxyOf({ url, noProxy: ['a, b', '', ' c\td '] }).noProxy, ['a', 'b', 'c', 'd']);
  });

  it('is in nothing that prints it', () => {
    const proxy = proxyOf({ url: 'http://u:S3CR3T@proxy.example' });
    for (const text of [JSON.stringify(proxy), inspect(proxy, { depth: 9, showHidden: true })])
      assert.doesNotMatch(text, /S3CR3T|Basic|dTpTM0NSM1Q/);
  });
});
