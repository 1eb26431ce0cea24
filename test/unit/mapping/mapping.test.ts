import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseMapping, type MappingSettings } from '../../../src/mapping/mapping.ts';

const namesOf = (settings: MappingSettings): [string, string][] =>
  parseMapping(settings).fields.map(({ field, property }) => [field, property]);

const contactNames = [
  ['Email', 'email'],
  ['Phone', 'phone'],
  ['First Name', 'firstName'],
  ['Last Name', 'lastName'],
  ['Account Name', 'accountName'],
];

describe('A mapping', () => {
  it('has the built-in fields of its data type without listing them', () => {
    assert.deepEqual(namesOf({ dataType: 'contacts' }), contactNames);
    assert.deepEqual(namesOf({ dataType: 'multi-object' }), [...contactNames, ['Touchpoint', 'touchpoint']]);
  });

  it('renames the field of a built-in property', () => {
    const names = namesOf({ dataType: 'contacts', fields: [{ field: 'E-Mail', property: 'email' }] });
    assert.deepEqual(names, [['E-Mail', 'email'], ...contactNames.slice(1)]);
  });

  it('gives a built-in field another property', () => {
    const names = namesOf({ dataType: 'contacts', fields: [{ field: ' EMAIL ', property: 'contactEmail' }] });
    assert.deepEqual(names, [['EMAIL', 'contactEmail'], ...contactNames.slice(1)]);
  });

  it('adds fields of any type, as text where none is given', () => {
    const { fields } = parseMapping({
      dataType: 'accounts',
      fields: [
        { field: 'Seats', property: 'seats', type: 'integer' },
        { field: 'Region', property: 'region', type: '', maxLength: '20' },
      ],
    });
    assert.deepEqual(
      fields.map(({ property, type, maxLength }) => [property, type, maxLength]),
      [
        ['accountName', 'string', 255],
        ['seats', 'integer', undefined],
        ['region', 'string', 20],
      ],
    );
  });

  it('leaves an email address what it is where a row says text', () => {
    const { fields } = parseMapping({
      dataType: 'contacts',
      fields: [{ field: 'Mail', property: 'email', type: 'string', required: true }],
    });
    assert.deepEqual([fields[0]?.type, fields[0]?.required], ['email', true]);
  });

  it('fills in every property where nothing else is said, and only in surveys', () => {
    assert.deepEqual(parseMapping({ dataType: 'surveys' }).autoPopulate, [
      'email',
      'phone',
      'firstName',
      'lastName',
      'accountName',
      'touchpoint',
    ]);
    assert.deepEqual(parseMapping({ dataType: 'surveys', autoPopulate: ['firstName'] }).autoPopulate, [
      'firstName',
    ]);
    assert.deepEqual(parseMapping({ dataType: 'surveys', autoPopulate: [] }).autoPopulate, []);
    assert.deepEqual(parseMapping({ dataType: 'contacts' }).autoPopulate, []);
  });

  const row = { field: 'Extra', property: 'extra' };
  const refused: [what: string, settings: MappingSettings, message: RegExp][] = [
    ['no data type', {}, /one of the data types accounts, contacts/],
    ['an unknown data type', { dataType: 'toString' }, /one of the data types/],
    ['fields that are no list', { dataType: 'accounts', fields: {} }, /not a list/],
    [
      'a row that is no object',
      { dataType: 'accounts', fields: ['x'] },
      /Field 1 of the mapping is not an object/,
    ],
    [
      'a row without a field',
      { dataType: 'accounts', fields: [{ property: 'x' }] },
      /Field 1 .* no field name/,
    ],
    ['a row without a property', { dataType: 'accounts', fields: [{ field: 'X' }] }, /"X", has no property/],
    [
      'a forbidden property',
      { dataType: 'accounts', fields: [{ field: 'X', property: '__proto__' }] },
      /no record/,
    ],
    [
      'an unknown type',
      { dataType: 'accounts', fields: [{ ...row, type: 'colour' }] },
      /one of the types string/,
    ],
    [
      'a pattern that is none',
      { dataType: 'accounts', fields: [{ ...row, pattern: '(' }] },
      /not a regular expression/,
    ],
    [
      'a pattern for a number',
      { dataType: 'accounts', fields: [{ ...row, type: 'integer', pattern: '1' }] },
      /only a text/,
    ],
    [
      'a length of nothing',
      { dataType: 'accounts', fields: [{ ...row, maxLength: 0 }] },
      /from 1 to 1000000/,
    ],
    [
      'a length in words',
      { dataType: 'accounts', fields: [{ ...row, maxLength: 'ten' }] },
      /from 1 to 1000000/,
    ],
    [
      'one field twice',
      { dataType: 'accounts', fields: [row, { field: 'EXTRA ', property: 'b' }] },
      /field "EXTRA" more than once/,
    ],
    [
      'one property twice',
      { dataType: 'accounts', fields: [row, { field: 'B', property: 'extra' }] },
      /property "extra" more than once/,
    ],
    [
      'a name that is built in',
      { dataType: 'contacts', fields: [{ field: 'Email', property: 'phone' }] },
      /more than once/,
    ],
    [
      'an email that is a number',
      { dataType: 'contacts', fields: [{ field: 'E', property: 'email', type: 'integer' }] },
      /built in as email/,
    ],
    ['an unknown rule', { dataType: 'accounts', unknownFields: 'hide' }, /keep, drop, reject/],
    ['a property to fill in that is none', { dataType: 'surveys', autoPopulate: ['x'] }, /no property "x"/],
    ['properties to fill in that are no list', { dataType: 'surveys', autoPopulate: 'x' }, /not a list/],
  ];
  for (const [what, settings, message] of refused)
    it(`is refused with ${what}`, () => {
      assert.throws(() => parseMapping(settings), { code: 'HOOK_CONFIG_INVALID', message });
    });
});
