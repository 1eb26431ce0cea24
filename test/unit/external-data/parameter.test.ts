import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isGroupName, parameterPath, tagNameOf } from '../../../src/external-data/parameter.ts';
import { parseTemplate, valueAt } from '../../../src/template/dynamic-tags.ts';
import { externalValueAt, readExternalTag } from '../../../src/template/external-tag.ts';

describe('The parameter of a field', () => {
  for (const [parameter, path, tag] of [
    ['key', ['key'], 'key'],
    ['result.sys_id', ['result', 'sys_id'], 'result.sys_id'],
    ['items.0.id', ['items', '0', 'id'], 'items.0.id'],
    [' result . number ', ['result', 'number'], 'result.number'],
    ['/result/items/0/id', ['result', 'items', '0', 'id'], 'result.items.0.id'],
    ['/a~1b/c~0d', ['a/b', 'c~d'], 'a~1b.c~0d'],
    ['/a.b/c', ['a.b', 'c'], 'a.b.c'],
    ['/with space', ['with space'], 'with space'],
  ] as const)
    it(`"${parameter}" is ${JSON.stringify(path)} and is had by the tag ${tag}`, () => {
      assert.deepEqual(parameterPath(parameter), path);
      assert.equal(tagNameOf(parameter), tag);
    });

  for (const parameter of [
    '',
    '/',
    '.',
    'a..b',
    'a.',
    '/a//b',
    '/a./b',
    'a{b',
    '/a}}',
    '/a~2',
    '/a~',
    '__proto__',
  ])
    it(`cannot be "${parameter}"`, () => {
      assert.equal(parameterPath(parameter), undefined);
    });

  it('cannot be longer than 256 characters', () => {
    assert.equal(parameterPath('x'.repeat(256))?.length, 1);
    assert.equal(parameterPath('x'.repeat(257)), undefined);
  });

  it('finds what stands there, whatever the names are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (names) => {
        const pointer = names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
        const path = parameterPath(pointer);
        fc.pre(path !== undefined);
        const source = names.reduceRight<unknown>((inner, name) => Object.fromEntries([[name, inner]]), 7);
        assert.deepEqual(path, names);
        assert.equal(valueAt(source, path), 7);
      }),
    );
  });

  it('is found again by the tag that is made of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, name) => {
        fc.pre(isGroupName(name.trim()) && parameterPath(text) !== undefined);
        const [tag] = parseTemplate(`{{external.${name}.${tagNameOf(text)}}}`);
        assert.ok(typeof tag === 'object');
        assert.deepEqual(readExternalTag(tag), { group: name.trim(), parameter: tagNameOf(text) });
        const values = Object.fromEntries([[tagNameOf(text), 7]]);
        const external = Object.fromEntries([[name.trim(), values]]);
        assert.equal(externalValueAt({ external }, tag), 7);
      }),
    );
  });
});

describe('A tag of external data', () => {
  const read = (message: object, ...tag: string[]) => externalValueAt(message, ['external', ...tag]);

  it('is read by the parameter’s whole name first, else as a path into what a flow has put there', () => {
    const external = { Tracker: { 'a.b': 1, a: { b: 2, c: 3 } } };
    assert.equal(read({ external }, 'Tracker', 'a', 'b'), 1);
    assert.equal(read({ external }, 'Tracker', 'a', 'c'), 3);
  });

  it('has no value where a part of it is missing', () => {
    assert.equal(read({ external: { Tracker: 5 } }, 'Tracker'), undefined);
    assert.equal(read({ external: 5 }, 'Tracker', 'key'), undefined);
    assert.equal(read({}, 'Tracker', 'key'), undefined);
    assert.equal(read({ external: { Tracker: { key: 1 } } }, 'tracker', 'key'), undefined);
  });

  it('reaches nothing that objects inherit', () => {
    assert.equal(read({ external: { Tracker: {} } }, 'Tracker', 'constructor'), undefined);
    assert.equal(read({ external: {} }, 'constructor', 'name'), undefined);
  });
});

describe('The name of a group', () => {
  for (const name of ['Tracker', 'Issue tracker 2', 'é'.repeat(64)])
    it(`can be "${name}"`, () => {
      assert.equal(isGroupName(name), true);
    });
  for (const name of ['', ' ', 'a.b', '{a', 'a}', 'x'.repeat(65), '__proto__'])
    it(`cannot be "${name}"`, () => {
      assert.equal(isGroupName(name), false);
    });
});
