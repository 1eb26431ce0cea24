import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { inspect } from 'node:util';
import { apiKeyAuthentication, type ApiKeyRules } from '../../../../src/inbound/authenticators/api-key.ts';
import { parseApiKeys, type ApiKey } from '../../../../src/inbound/authenticators/api-keys.ts';
import { hashOfKey } from '../../../../src/inbound/authenticators/key-hash.ts';
import { isKeyHeader } from '../../../../src/inbound/authenticators/key-header.ts';

const entry = (name: string, key: string, roles: readonly string[] = ['org.hooks']) => ({
  id: name,
  name,
  hash: hashOfKey(key),
  roles,
});
const parse = (...entries: readonly object[]): readonly ApiKey[] => {
  const keys = parseApiKeys(JSON.stringify(entries));
  assert.ok(keys);
  return keys;
};
const keys = parse(
  entry('shop', 'shk_shop'),
  entry('crm', 'shk_crm', ['org.users', ' org.hooks ']),
  entry('reader', 'shk_reader', ['org.read']),
  entry('nothing', 'shk_nothing', []),
  entry('umlaut', 'schlüssel'),
);
const make = (rules: Partial<ApiKeyRules> = {}) =>
  apiKeyAuthentication({ keys, header: 'authorization', role: 'org.hooks', ...rules });
const bearer = (key: string): IncomingHttpHeaders => ({ authorization: `Bearer ${key}` });

const challenge = {
  refused: 'unauthorized',
  headers: { 'WWW-Authenticate': 'Bearer realm="inbound hook"' },
};
const forbidden = { refused: 'forbidden' };

describe('Authentication with an API key', () => {
  it('lets in each key that has the role, and tells its name', () => {
    assert.deepEqual(make().authenticate(bearer('shk_shop')), { keyName: 'shop' });
    assert.deepEqual(make().authenticate({ authorization: 'bearer  shk_crm ' }), { keyName: 'crm' });
  });

  const unknown: Record<string, IncomingHttpHeaders> = {
    'no header': {},
    'an empty header': { authorization: '' },
    'no key': { authorization: 'Bearer ' },
    'another scheme': { authorization: 'Basic shk_shop' },
    'no scheme': { authorization: 'shk_shop' },
    'two keys': { authorization: 'Bearer shk_shop shk_crm' },
    'an unknown key': bearer('shk_other'),
    'the beginning of a key': bearer('shk_sho'),
    'more than a key': bearer('shk_shop2'),
    'a key in other letters': bearer('SHK_SHOP'),
    'the hash of a key': bearer(hashOfKey('shk_shop')),
    'a key in another header': { 'x-api-key': 'shk_shop' },
  };
  for (const [what, headers] of Object.entries(unknown))
    it(`asks for a key when there is ${what}`, () =>
      assert.deepEqual(make().authenticate(headers), challenge));

  it('refuses a known key without the role as forbidden', () => {
    for (const key of ['shk_reader', 'shk_nothing'])
      assert.deepEqual(make().authenticate(bearer(key)), forbidden, key);
  });

  it('takes a key with any role where it asks for none, and never one without roles', () => {
    const authenticator = make({ role: '' });
    assert.deepEqual(authenticator.authenticate(bearer('shk_reader')), { keyName: 'reader' });
    assert.deepEqual(authenticator.authenticate(bearer('shk_nothing')), forbidden);
    assert.deepEqual(authenticator.authenticate(bearer('shk_other')), challenge);
  });

  it('takes the key as it is from another header, and gives no challenge there', () => {
    const authenticator = make({ header: 'x-api-key' });
    assert.equal(authenticator.credentialHeader, 'x-api-key');
    assert.deepEqual(authenticator.authenticate({ 'x-api-key': 'shk_shop' }), { keyName: 'shop' });
    for (const headers of [{ 'x-api-key': 'Bearer shk_shop' }, bearer('shk_shop'), {}, { 'x-api-key': '' }])
      assert.deepEqual(authenticator.authenticate(headers), { refused: 'unauthorized' });
  });

  it('compares bytes: Node.js reads what is sent as Latin-1', () => {
    const sent = Buffer.from('schlüssel', 'utf8').toString('latin1');
    assert.deepEqual(make().authenticate(bearer(sent)), { keyName: 'umlaut' });
    assert.deepEqual(make().authenticate(bearer('schlüssel')), challenge);
  });

  it('knows one key under two names, and takes the one with the role', () => {
    const twice = parse(entry('old', 'shk_same', ['org.read']), entry('new', 'shk_same'));
    assert.deepEqual(make({ keys: twice }).authenticate(bearer('shk_same')), { keyName: 'new' });
    assert.deepEqual(make({ keys: twice, role: 'x' }).authenticate(bearer('shk_same')), forbidden);
  });

  it('refuses everyone without keys', () => {
    const authenticator = make({ keys: [], role: '' });
    for (const key of ['', 'undefined', 'shk_shop', hashOfKey('')])
      assert.deepEqual(authenticator.authenticate(bearer(key)), challenge);
  });

  it('forgets a key that is not in the list any more, and no other', () => {
    const left = parse(entry('crm', 'shk_crm'));
    assert.deepEqual(make({ keys: left }).authenticate(bearer('shk_shop')), challenge);
    assert.deepEqual(make({ keys: left }).authenticate(bearer('shk_crm')), { keyName: 'crm' });
  });

  it('knows no key, only digests', () => {
    assert.ok(!inspect({ keys, authenticator: make() }, { depth: 9, showHidden: true }).includes('shk_'));
  });
});

describe('The list of API keys', () => {
  it('is empty where there is no text', () => {
    for (const text of ['', '  ', '[]']) assert.deepEqual(parseApiKeys(text), []);
  });

  const good = entry('shop', 'shk_shop');
  const malformed: Record<string, string> = {
    'no JSON': '[{',
    'no list': JSON.stringify(good),
    null: 'null',
    'an entry that is no object': JSON.stringify([good, 'shk_shop']),
    'an entry that is null': JSON.stringify([null]),
    'a key instead of its hash': JSON.stringify([good, { ...good, hash: 'shk_shop' }]),
    'an entry without a hash': JSON.stringify([{ ...good, hash: undefined }]),
    'an entry without a name': JSON.stringify([{ ...good, name: 1 }]),
    'an entry without roles': JSON.stringify([{ ...good, roles: undefined }]),
    'roles as a text': JSON.stringify([{ ...good, roles: 'org.hooks' }]),
    'a role that is no text': JSON.stringify([{ ...good, roles: [1] }]),
  };
  for (const [what, text] of Object.entries(malformed))
    it(`is not understood at all with ${what}`, () => assert.equal(parseApiKeys(text), undefined));

  it('has no roles where these are empty', () => {
    assert.deepEqual(parse({ ...good, roles: ['', ' '] })[0]?.roles, []);
  });
});

describe('A header for keys', () => {
  for (const name of ['Authorization', 'X-Api-Key', 'api_key', 'x-client-id'])
    it(`may be ${name}`, () => assert.ok(isKeyHeader(name)));
  for (const name of ['', 'x y', 'x:y', 'Host', 'content-type', 'Content-Length', 'cookie', 'expect'])
    it(`may not be ${JSON.stringify(name)}`, () => assert.ok(!isKeyHeader(name)));
});
