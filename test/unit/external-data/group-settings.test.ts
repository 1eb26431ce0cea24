import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseGroup, type GroupSettings } from '../../../src/external-data/group-settings.ts';

const KEY = { label: 'Key', parameter: 'key', type: 'string', favorite: true };
const parse = (settings: Partial<GroupSettings>) =>
  parseGroup({ id: 'g', name: 'Tracker', subjectKind: 'user', fields: [KEY], ...settings });
const problemsOf = (settings: Partial<GroupSettings>): string[] => {
  const parsed = parse(settings);
  return parsed.kind === 'invalid'
    ? parsed.problems.map(({ setting, message }) => `${setting}: ${message}`)
    : [];
};

describe('The settings of a group', () => {
  it('give its name, its kind of subject and its fields', () => {
    const due = { label: ' Due ', parameter: ' /due/0 ', type: 'date-time' };
    assert.deepEqual(parse({ name: ' Tracker ', fields: [KEY, due] }), {
      kind: 'valid',
      group: {
        id: 'g',
        name: 'Tracker',
        subjectKind: 'user',
        fields: [KEY, { label: 'Due', parameter: '/due/0', type: 'date-time', favorite: false }],
      },
    });
  });

  it('are about tickets and texts where they do not say', () => {
    const parsed = parse({ subjectKind: '', fields: [{ label: 'Key', parameter: 'key' }] });
    assert.ok(parsed.kind === 'valid');
    assert.equal(parsed.group.subjectKind, 'ticket');
    assert.deepEqual(parsed.group.fields[0], { ...KEY, favorite: false });
  });

  for (const [settings, ...problems] of [
    [{ name: '' }, /^name: .*1 to 64 characters/],
    [{ name: 'a.b' }, /^name: .*without dots/],
    [{ subjectKind: 'company' }, /^subjectKind: It is none of ticket, user, project\./],
    [{ fields: [] }, /^fields: A group has 1 to 100 fields\./],
    [{ fields: 'key' }, /^fields: A group has 1 to 100 fields\./],
    [{ fields: [KEY, { ...KEY, label: '', parameter: 'b' }] }, /^fields: Field 2: the label/],
    [{ fields: [{ ...KEY, parameter: 'a..b' }] }, /^fields: Field 1: the parameter must be a dotted path/],
    [{ fields: [{ ...KEY, type: 'list' }] }, /^fields: Field 1: the type is none of/],
    [{ fields: [null] }, /Field 1: the label/, /Field 1: the parameter/],
    [{ fields: [KEY, { ...KEY, parameter: 'b', label: ' KEY' }] }, /Field 2: another field has this label/],
    [
      { fields: [KEY, { ...KEY, label: 'B', parameter: '/key' }] },
      /Field 2: another field has this parameter/,
    ],
    [
      { fields: Array.from({ length: 101 }, (_, n) => ({ label: `L${n}`, parameter: `p${n}` })) },
      /A group has 1 to 100 fields/,
    ],
    [{ name: '{x}', subjectKind: 'x', fields: 5 }, /^name/, /^subjectKind/, /^fields/],
  ] as const)
    it(`are refused with all that is wrong: ${JSON.stringify(settings).slice(0, 60)}`, () => {
      const found = problemsOf(settings);
      assert.equal(found.length, problems.length, found.join('\n'));
      for (const [index, words] of problems.entries()) assert.match(found[index] ?? '', words);
    });

  it('never throw, whatever a flow holds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (name, fields) => {
        parse({ name: name as string, fields });
      }),
    );
  });
});
