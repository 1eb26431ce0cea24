import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { digestOfKey, hashOfKey, parseKeyHash } from '../../../../src/inbound/authenticators/key-hash.ts';
import { newApiKey } from '../../../../src/inbound/authenticators/new-api-key.ts';

describe('A new API key', () => {
  it('is another each time, random and fit for a header', () => {
    const made = Array.from({ length: 100 }, newApiKey);
    assert.equal(new Set(made.map(({ key }) => key.reveal())).size, 100);
    assert.equal(new Set(made.map(({ id }) => id)).size, 100);
    for (const { key } of made) assert.match(key.reveal(), /^shk_[\w-]{43}$/);
  });

  it('comes with its hash, and shows itself only when asked', () => {
    const made = newApiKey();
    const digest = createHash('sha256').update(made.key.reveal()).digest('hex');
    assert.equal(made.hash, `sha256:${digest}`);
    assert.ok(!(JSON.stringify(made) + inspect(made)).includes(made.key.reveal()));
  });
});

describe('A hash of a key', () => {
  it('is read as it is written, in either case', () => {
    const hash = hashOfKey('schlüssel');
    assert.deepEqual(parseKeyHash(hash), digestOfKey('schlüssel'));
    assert.deepEqual(parseKeyHash(hash.toUpperCase().replace('SHA256', 'sha256')), digestOfKey('schlüssel'));
    assert.deepEqual(digestOfKey(Buffer.from('schlüssel')), digestOfKey('schlüssel'));
  });

  for (const text of ['', 'sha256:', `sha256:${'0'.repeat(63)}`, '0'.repeat(64), `md5:${'0'.repeat(64)}`])
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseKeyHash(text), undefined));
});
