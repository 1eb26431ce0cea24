import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toJson } from '../../../src/records/json-value.ts';

const problemOf = (value: unknown): string => {
  const copy = toJson(value);
  assert.equal(copy.kind, 'problem', 'it is taken for JSON');
  return copy.problem;
};

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
};

describe('A value to be stored', () => {
  it('is copied where it is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        assert.deepEqual(toJson(value), {
          kind: 'json',
          value: JSON.parse(JSON.stringify(value)) as unknown,
        });
      }),
    );
    const inner = { list: [1] };
    const copy = toJson(inner);
    inner.list.push(2);
    assert.deepEqual(copy, { kind: 'json', value: { list: [1] } });
  });

  it('may come from a function node, whose objects are of another realm', () => {
    const value: unknown = runInNewContext(
      '({ list: [{ at: new Date(0) }], none: undefined, nothing: null })',
    );
    assert.deepEqual(toJson(value), {
      kind: 'json',
      value: { list: [{ at: '1970-01-01T00:00:00.000Z' }], nothing: null },
    });
    assert.match(problemOf(runInNewContext('({ inner: new Map() })')), /an object that is no plain one/);
  });

  for (const [what, value, problem] of [
    ['a function', { call: () => 1 }, /a function/],
    ['a symbol', [Symbol('x')], /a symbol/],
    ['a bigint', 1n, /a bigint/],
    ['a number that no JSON has', { ratio: NaN }, /a number that is not finite/],
    ['a buffer', { body: Buffer.from('x') }, /a buffer/],
    ['a typed array', new Uint8Array(1), /a buffer/],
    ['an object of a class', new URL('http://example.com'), /an object that is no plain one/],
    ['a time that is none', new Date(NaN), /a time that does not exist/],
    ['what is nested too deep', nested(101), /more than 100 levels/],
    ['a name that reaches prototypes', JSON.parse('{"a":{"__proto__":1}}'), /__proto__/],
  ] as const)
    it(`is refused where it is or holds ${what}`, () => {
      assert.match(problemOf(value), problem);
    });

  it('may be nested 100 levels deep', () => {
    assert.equal(toJson(nested(100)).kind, 'json');
  });

  it('is refused where it holds itself, but may hold one thing twice', () => {
    const circle: Record<string, unknown> = {};
    circle['inner'] = [circle];
    assert.match(problemOf(circle), /an object that holds itself/);
    const shared = { a: 1 };
    assert.deepEqual(toJson([shared, shared]), { kind: 'json', value: [{ a: 1 }, { a: 1 }] });
  });

  it('cannot hold up the process with things that it holds again and again', () => {
    let value: unknown = 1;
    for (let level = 0; level < 60; level++) value = [value, value];
    assert.match(problemOf(value), /more than 10000 values/);
  });
});
