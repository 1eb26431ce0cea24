import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { EndpointUrl } from '../../../src/delivery/endpoint-url.ts';

const shown = (text: string, isSecret = false) => new EndpointUrl(new URL(text), { isSecret }).toString();

describe('EndpointUrl', () => {
  it('shows path and names of parameters, and none of their values', () => {
    assert.equal(
      shown('https://x.example:8443/a/b?key=1&key=2&z=%C3%A4'),
      'https://x.example:8443/a/b?key=[secret]&z=[secret]',
    );
  });
  it('shows a URL without parameters as it is', () => {
    assert.equal(shown('http://x.example/a'), 'http://x.example/a');
  });
  it('shows of a secret one only where it goes', () => {
    assert.equal(shown('https://hooks.example/T0/B0/hidden?y=z', true), 'https://hooks.example/[secret]');
  });
  it('prints itself that way everywhere, and reveals all only when asked', () => {
    const url = new EndpointUrl(new URL('https://hooks.example/hidden'), { isSecret: true });
    for (const text of [url.toString(), JSON.stringify({ url }), inspect({ url }, { showHidden: true })])
      assert.doesNotMatch(text, /hidden/);
    assert.equal(url.reveal().href, 'https://hooks.example/hidden');
    assert.equal(url.host, 'hooks.example');
  });
  it('is not changed through what it reveals', () => {
    const url = new EndpointUrl(new URL('https://x.example/a'), { isSecret: false });
    url.reveal().pathname = '/b';
    assert.equal(url.reveal().pathname, '/a');
  });
});
