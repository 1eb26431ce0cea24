import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { boundedPattern } from '../../../src/mapping/pattern.ts';

describe('A pattern', () => {
  it('matches as a regular expression does, however it is run', () => {
    for (const source of ['^[A-Z]{2}\\d+$', '^(?:[A-Z]{1}){2}(?:\\d)+$', '^\\p{Lu}+\\d*\\d*\\d+$']) {
      const { test } = boundedPattern(source);
      assert.deepEqual(['AB12', 'AB', 'ab12', 'AB12 '].map(test), [true, false, false, false], source);
    }
  });

  for (const source of [
    '^(a+)+$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '^(.*)(.*)(.*)(.*)(.*)(.*)b$',
    '(a*)*\\1b',
    `${'a?'.repeat(30)}${'a'.repeat(30)}b`,
  ])
    it(`gives up ${source.slice(0, 30)} on a text that would take it years`, () => {
      const start = performance.now();
      assert.equal(boundedPattern(source).test(`${'a'.repeat(200)}!`), false);
      assert.ok(performance.now() - start < 1000);
    });

  it('gives up a simple pattern on a long text', () => {
    const start = performance.now();
    assert.equal(boundedPattern('a+b+c').test('a'.repeat(900_000)), false);
    assert.ok(performance.now() - start < 1000);
  });

  it('works again after it gave up', () => {
    const { test } = boundedPattern('^(a+)+$');
    assert.equal(test(`${'a'.repeat(50)}!`), false);
    assert.equal(test('aaa'), true);
  });

  it('is refused where it is no regular expression', () => {
    assert.throws(() => boundedPattern('['), SyntaxError);
  });
});
