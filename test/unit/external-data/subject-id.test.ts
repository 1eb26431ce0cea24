import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { GroupDirectory } from '../../../src/external-data/group-directory.ts';
import { readSubjectId } from '../../../src/external-data/subject-id.ts';

describe('The id of a subject', () => {
  for (const [value, id] of [
    [' T-1 ', 'T-1'],
    ['jane@example.com', 'jane@example.com'],
    [12, '12'],
    [0, '0'],
    ['x'.repeat(256), 'x'.repeat(256)],
    ['x'.repeat(257), ''],
    [` ${'x'.repeat(1000)}`, ''],
    ['  ', ''],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number('12345678901234567890'), ''],
    [-(2 ** 53), ''],
    [NaN, ''],
    [undefined, ''],
    [null, ''],
    [true, ''],
    [{ id: 1 }, ''],
    [['1'], ''],
  ] as const)
    it(`of ${inspect(value).slice(0, 40)} is "${id.slice(0, 40)}"`, () => {
      assert.equal(readSubjectId(value), id);
    });
});

describe('The directory of groups', () => {
  const group = (id: string, name: string) => ({ id, name, subjectKind: 'ticket', fields: [] }) as const;

  it('finds a group by its name to the letter, unless two have it', () => {
    const groups = new GroupDirectory();
    groups.set(group('1', 'Tracker'));
    groups.set(group('2', 'tracker'));
    assert.equal(groups.findByName('Tracker')?.id, '1');
    assert.equal(groups.findByName('tracker')?.id, '2');
    assert.equal(groups.findByName('Track'), undefined);
    groups.set(group('3', 'Tracker'));
    assert.equal(groups.findByName('Tracker'), undefined);
    groups.remove('1');
    assert.equal(groups.findByName('Tracker')?.id, '3');
  });

  it('goes by the name that a group has now', () => {
    const groups = new GroupDirectory();
    groups.set(group('1', 'Tracker'));
    groups.set(group('1', 'Desk'));
    assert.deepEqual([groups.findByName('Tracker'), groups.findByName('Desk')?.id], [undefined, '1']);
  });
});
