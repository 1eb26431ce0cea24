import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { encodeContent } from '../../../src/delivery/content.ts';

const text = (payload: unknown, type: 'json' | 'form' = 'json') =>
  Buffer.from(encodeContent(payload, type).body).toString();

describe('encodeContent', () => {
  const cases: readonly [what: string, payload: unknown, json: string][] = [
    ['an object', { a: 1, b: [null, 'ä'] }, '{"a":1,"b":[null,"ä"]}'],
    ['a list', [1], '[1]'],
    ['null', null, 'null'],
    ['a number', 5, '5'],
    ['a text, as it is', '{"a": 1 }', '{"a": 1 }'],
    ['an empty text', '', ''],
  ];
  for (const [what, payload, json] of cases) it(`writes ${what}`, () => assert.equal(text(payload), json));

  it('keeps the bytes of a Buffer, and what the flow does with it later changes nothing', () => {
    const payload = Buffer.from([255, 0, 10]);
    const { body } = encodeContent(payload, 'json');
    payload.fill(7);
    assert.deepEqual([...body], [255, 0, 10]);
  });
  it('keeps bytes that a function node has made, whose globals are not ours', () => {
    const payload: unknown = runInNewContext('new Uint8Array([255, 0, 10])');
    assert.deepEqual([...encodeContent(payload, 'json').body], [255, 0, 10]);
  });
  it('writes a form: nested values as JSON, nothing for what is not there', () => {
    const payload = { a: 'b c', n: 1, ok: true, deep: { x: '&' }, gone: null, none: undefined };
    assert.equal(text(payload, 'form'), 'a=b+c&n=1&ok=true&deep=%7B%22x%22%3A%22%26%22%7D');
  });
  it('says the media type', () => {
    assert.equal(encodeContent({}, 'json').contentType, 'application/json');
    assert.equal(encodeContent({}, 'form').contentType, 'application/x-www-form-urlencoded');
  });
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const refused: readonly [what: string, payload: unknown, type: 'json' | 'form'][] = [
    ['nothing', undefined, 'json'],
    ['a function', () => 1, 'json'],
    ['a circle', circular, 'json'],
    ['a BigInt', { n: 1n }, 'json'],
    ['a list as a form', [1], 'form'],
    ['null as a form', null, 'form'],
    ['a number as a form', 5, 'form'],
  ];
  for (const [what, payload, type] of refused)
    it(`refuses ${what} with a TypeError`, () =>
      assert.throws(() => encodeContent(payload, type), TypeError));
});
