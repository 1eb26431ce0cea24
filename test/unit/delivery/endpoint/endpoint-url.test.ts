import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { EndpointUrl } from '../../../../src/delivery/endpoint/endpoint-url.ts';
import { parseUrlTemplate } from '../../../../src/template/url-template.ts';

function endpointUrl(text: string, isSecret = false): EndpointUrl {
  const template = parseUrlTemplate(text, { allowsEnv: true });
  assert.ok(!('fault' in template));
  return new EndpointUrl(template, { isSecret });
}

const shown = (text: string, isSecret = false) => endpointUrl(text, isSecret).toString();

function fill(text: string, values: Readonly<Record<string, string>>, isSecret = false) {
  const filled = endpointUrl(text, isSecret).fill((tag) => values[tag.join('.')] ?? '');
  assert.ok('url' in filled);
  return { called: filled.url.href, shown: filled.shown };
}

describe('EndpointUrl', () => {
  it('shows path and names of parameters, and none of their values', () => {
    assert.equal(
      shown('https://x.example:8443/a/b?key=1&key=2&z=%C3%A4'),
      'https://x.example:8443/a/b?key=[secret]&z=[secret]',
    );
  });
  it('shows nothing of a parameter that has no value', () => {
    assert.equal(
      shown('https://x.example/a?S3CR3T&b=S3CR3T&S3CR3T='),
      'https://x.example/a?[secret]&b=[secret]',
    );
  });
  it('shows a URL without parameters as it is', () => {
    assert.equal(shown('http://x.example/a'), 'http://x.example/a');
  });
  it('shows tags as they stand in the setting', () => {
    assert.equal(
      shown('https://x.example/tickets/{{ ticketId }}/notes?by={{agent}}'),
      'https://x.example/tickets/{{ticketId}}/notes?by=[secret]',
    );
  });
  it('shows of a secret one only where it goes', () => {
    assert.equal(shown('https://hooks.example/T0/B0/hidden?y=z', true), 'https://hooks.example/[secret]');
  });
  it('prints itself that way everywhere, and gives all only to be called', () => {
    const url = endpointUrl('https://hooks.example/hidden', true);
    for (const text of [url.toString(), JSON.stringify({ url }), inspect({ url }, { showHidden: true })])
      assert.doesNotMatch(text, /hidden/);
    assert.equal(fill('https://hooks.example/hidden', {}, true).called, 'https://hooks.example/hidden');
    assert.equal(url.host, 'hooks.example');
  });
  it('is not changed through what it gives', () => {
    const url = endpointUrl('https://x.example/a');
    const filled = url.fill(() => '');
    if ('url' in filled) filled.url.pathname = '/b';
    assert.equal(url.toString(), 'https://x.example/a');
  });
});

describe('An EndpointUrl that is filled in', () => {
  it('shows its path, and of its query only the names', () => {
    assert.deepEqual(fill('https://x.example/t/{{id}}?to={{mail}}&{{id}}=1', { id: '7/8', mail: 'a@b' }), {
      called: 'https://x.example/t/7%2F8?to=a%40b&7%2F8=1',
      shown: 'https://x.example/t/7%2F8?to=[secret]&7%2F8=[secret]',
    });
  });
  it('shows nothing that came from the environment', () => {
    const values = { 'env.TOKEN': 'S3CR3T', id: '7' };
    assert.deepEqual(fill('https://x.example/{{env.TOKEN}}/{{id}}?{{env.TOKEN}}={{env.TOKEN}}', values), {
      called: 'https://x.example/S3CR3T/7?S3CR3T=S3CR3T',
      shown: 'https://x.example/[secret]/7?[secret]=[secret]',
    });
  });
  it('shows of a secret one only where it goes', () => {
    assert.deepEqual(fill('https://hooks.example/{{id}}', { id: '7' }, true), {
      called: 'https://hooks.example/7',
      shown: 'https://hooks.example/[secret]',
    });
  });
});
