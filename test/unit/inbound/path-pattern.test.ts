import assert from 'node:assert/strict';
import { covers, parseHookPath, reachesInto, type PathPattern } from '../../../src/inbound/path-pattern.ts';

const pattern = (path: string, root?: string): PathPattern => {
  const parsed = parseHookPath(path, root);
  assert.ok(typeof parsed === 'object', `${path} is a path`);
  return parsed;
};

describe('The path of a hook', () => {
  it('holds texts and parameters', () => {
    assert.deepEqual(pattern('/hooks/:customer/nps').segments, [
      { text: 'hooks' },
      { parameter: 'customer' },
      { text: 'nps' },
    ]);
  });

  it('is decoded, and loses one slash at its end', () => {
    assert.deepEqual(pattern('/hooks/%C3%A9quipe/').segments, [{ text: 'hooks' }, { text: 'équipe' }]);
  });

  it('stands below the root', () => {
    assert.deepEqual(pattern('/x', '/api').segments, [{ text: 'api' }, { text: 'x' }]);
  });

  for (const path of [
    '',
    '/',
    'hooks/x',
    '//x',
    '/a//b',
    '/a/../b',
    '/a/.',
    '/a b',
    '/a*',
    '/a/(b)',
    '/a?b',
    '/a/%zz',
    '/a/x%2Fy',
    '/a/:',
    '/a/:1',
    '/a/{b}',
  ])
    it(`is not ${JSON.stringify(path)}`, () => assert.equal(parseHookPath(path), 'path_malformed'));

  it('does not begin with a parameter, not even below a root', () => {
    assert.equal(parseHookPath('/:id'), 'path_first_segment');
    assert.equal(parseHookPath('/:id/x', '/api'), 'path_first_segment');
  });
});

describe('A path covers another', () => {
  const cases: [string, string, boolean][] = [
    ['/a/b', '/a/b', true],
    ['/A/b', '/a/B', true],
    ['/a/:x', '/a/b', true],
    ['/a/:x', '/a/:y', true],
    ['/a/b', '/a/:y', false],
    ['/a/:x', '/a/b/c', false],
    ['/a/b', '/a/c', false],
  ];
  for (const [one, other, expected] of cases)
    it(`${one} ${expected ? 'covers' : 'does not cover'} ${other}`, () =>
      assert.equal(covers(pattern(one), pattern(other)), expected));
});

describe('A path reaches into a territory', () => {
  const cases: [string, string, boolean][] = [
    ['/flows', '/flows', true],
    ['/FLOWS/x/y', '/flows', true],
    ['/a/:x', '/a/b', true],
    ['/a', '/a/b', false],
    ['/flowsx', '/flows', false],
  ];
  for (const [one, territory, expected] of cases)
    it(`${one} ${expected ? 'reaches' : 'does not reach'} into ${territory}`, () =>
      assert.equal(reachesInto(pattern(one), pattern(territory)), expected));
});
