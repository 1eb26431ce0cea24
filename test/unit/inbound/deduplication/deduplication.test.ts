import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { parseDedupeRule, type DedupeRule } from '../../../../src/inbound/deduplication/dedupe-rule.ts';
import { readDedupeKey } from '../../../../src/inbound/deduplication/deduplication.ts';

const event = (payload: unknown, headers: IncomingHttpHeaders = {}, id?: string) => ({
  payload,
  request: { headers },
  signature:
    id === undefined
      ? undefined
      : { scheme: 'slack' as const, keyUsed: 'current' as const, signsUrl: false, id },
});

function keyOf(rule: string, ...parts: Parameters<typeof event>): string | undefined {
  return readDedupeKey(parseDedupeRule(rule) as DedupeRule, event(...parts));
}

describe('a rule of de-duplication', () => {
  it('names a header, a place in the payload or the signature', () => {
    assert.deepEqual(parseDedupeRule('header:X-Event-Id'), { by: 'header', name: 'x-event-id' });
    assert.deepEqual(parseDedupeRule(' payload: data.items.0.id '), {
      by: 'payload',
      path: ['data', 'items', '0', 'id'],
    });
    assert.deepEqual(parseDedupeRule('payload:urn:id'), { by: 'payload', path: ['urn:id'] });
    assert.deepEqual(parseDedupeRule('signature'), { by: 'signature' });
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'header',
      'header:',
      'header:a b',
      'payload:',
      'payload:a..b',
      'payload:.a',
      'id',
      'Header:x',
    ])
      assert.equal(parseDedupeRule(text), undefined, text);
  });
});

describe('what tells an event from others', () => {
  it('is found where the rule says', () => {
    const key = keyOf('header:x-id', {}, { 'x-id': 'a' });
    assert.match(key ?? '', /^[\w-]{43}$/);
    assert.equal(keyOf('payload:data.id', { data: { id: 'a' } }), key);
    assert.equal(keyOf('payload:items.1.id', { items: [{}, { id: 'a' }] }), key);
    assert.equal(keyOf('payload:0', ['a']), key);
    assert.equal(keyOf('signature', {}, {}, 'a'), key);
    assert.notEqual(keyOf('payload:id', { id: 'b' }), key);
  });

  it('is the same as a number and as its digits', () => {
    assert.equal(keyOf('payload:id', { id: 17 }), keyOf('payload:id', { id: '17' }));
  });

  it('is not a number that was rounded when it was read', () => {
    const { id } = JSON.parse('{"id":12345678901234567891}') as { id: number };
    assert.equal(id, 12345678901234567000);
    assert.equal(keyOf('payload:id', { id }), undefined);
    assert.notEqual(keyOf('payload:id', { id: Number.MAX_SAFE_INTEGER }), undefined);
    assert.notEqual(keyOf('payload:id', { id: '12345678901234567891' }), undefined);
  });

  it('is not there where the sender has not said it, or not in one value', () => {
    for (const value of [undefined, null, '', true, {}, ['a']])
      assert.equal(keyOf('payload:id', { id: value }), undefined, JSON.stringify(value));
    for (const payload of [null, 'text', 5, []]) assert.equal(keyOf('payload:id', payload), undefined);
    assert.equal(keyOf('payload:constructor.name', {}), undefined);
    assert.equal(keyOf('header:x-id', {}), undefined);
    assert.equal(keyOf('signature', {}), undefined);
  });
});
