import assert from 'node:assert/strict';
import { fillDeliveryId, readMessageHeaders } from '../../../src/delivery/message-headers.ts';

const read = (headers: unknown) => readMessageHeaders({ method: 'POST', path: '/x', headers });

describe('The headers that a message brings', () => {
  it('are those of its target, in their order', () => {
    assert.deepEqual(read({ 'Idempotency-Key': ' {{delivery.id}} ', 'X-Empty': '' }), [
      ['Idempotency-Key', '{{delivery.id}}'],
      ['X-Empty', ''],
    ]);
  });
  for (const target of [undefined, null, 7, 'https://x.example', [], {}, { headers: null }, { headers: {} }])
    it(`are none where msg.target is ${JSON.stringify(target)}`, () =>
      assert.deepEqual(readMessageHeaders(target), []));

  const refused: Readonly<Record<string, [headers: unknown, words: RegExp]>> = {
    'a list': [[['X-A', 'b']], /must be an object/],
    'a text': ['X-A: b', /must be an object/],
    'a name that is none': [{ 'X A': 'S3CR3T' }, /name of header 1/],
    'an empty name': [{ 'X-A': '1', '': 'b' }, /name of header 2/],
    'a value with a line end': [{ 'X-A': 'b\r\nX-Injected: S3CR3T' }, /value of X-A/],
    'a value beyond Latin-1': [{ 'X-A': 'S3CR3T 漢字' }, /value of X-A/],
    'a value that is a number': [{ 'X-A': 1 }, /value of X-A/],
    'a value that is an object': [{ 'X-A': { toString: () => 'b' } }, /value of X-A/],
    'a name twice': [{ 'X-A': 'S3CR3T', 'x-a': 'b' }, /twice/],
    'too many': [Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`X-${n}`, 'b'])), /more than 20/],
    'too much': [{ 'X-A': 'b'.repeat(2048), 'X-B': 'b'.repeat(2048) }, /more than 4096/],
  };
  for (const [title, [headers, words]] of Object.entries(refused))
    it(`are refused in clear words, without a value: ${title}`, () =>
      assert.throws(
        () => read(headers),
        (error: Error & { code: string }) => {
          assert.equal(error.code, 'HOOK_MESSAGE_UNREADABLE');
          assert.match(error.message, words);
          assert.match(error.message, /msg\.target\.headers/);
          assert.doesNotMatch(error.message, /S3CR3T/);
          return true;
        },
      ));
  const others = ['Host', 'content-length', 'Transfer-Encoding', 'Webhook-Id', 'AUTHORIZATION', 'cookie'];
  for (const name of [...others, 'Set-Cookie', 'Content-Type', 'Proxy-Authorization', 'proxy-connection'])
    it(`never hold ${name}`, () =>
      assert.throws(() => read({ 'X-A': 'b', [name]: 'S3CR3T' }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: new RegExp(`${name} is set`),
      }));
  it('may hold 20 headers', () => {
    const headers = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`X-${n}`, 'b']));
    assert.equal(read(headers).length, 20);
    assert.equal(read({ 'X-A': 'b'.repeat(4093) }).length, 1);
  });
});

describe('The id of the delivery in a header', () => {
  it('is taken as it is, also with signs that a replacement has', () =>
    assert.equal(fillDeliveryId('a {{delivery.id}} b', '$&$1'), 'a $&$1 b'));
  it('is nowhere else', () =>
    assert.equal(fillDeliveryId('{{delivery}} {{id}}', 'd1'), '{{delivery}} {{id}}'));
});
