import assert from 'node:assert/strict';
import type { ExampleField } from '../../../nodes/shared/editor/example-fields.ts';
import { mappingFieldsFor, propertyName } from '../../../nodes/shared/editor/example-mapping-fields.ts';
import { areMappingFields, readMappingField } from '../../../nodes/shared/editor/mapping-field.ts';
import { guessType } from '../../../nodes/shared/editor/example-type.ts';
import { DATA_TYPES } from '../../../src/mapping/data-types/data-types.ts';

const field = (name: string, value: ExampleField['value'] = 'x'): ExampleField => ({
  path: name.split('.'),
  value,
  isUntyped: false,
});
const rowsFor = (example: readonly ExampleField[], rows: readonly object[] = []) =>
  mappingFieldsFor(example, { rows: rows.map(readMappingField), builtIns: DATA_TYPES.contacts.fields }).map(
    ({ field: name, property, type }) => [name, property, type],
  );

describe('the rows of a mapping from an example', () => {
  it('take the names as they were sent, and a type from the value', () => {
    assert.deepEqual(rowsFor([field('Ticket Number', 4711), field('opened', true)]), [
      ['Ticket Number', 'ticketNumber', 'integer'],
      ['opened', 'opened', 'boolean'],
    ]);
  });

  it('leave out what the mapping knows by that name, and what stands within other fields', () => {
    const rows = [{ field: 'TIER', property: 'level' }];
    assert.deepEqual(rowsFor([field('email', 'a@b.co'), field('tier'), field('person.age', 4)], rows), []);
  });

  it('become the built-in property that is written otherwise, with its rules', () => {
    assert.deepEqual(rowsFor([field('first_name'), field('e-mail', 'a@b.co')]), [
      ['first_name', 'firstName', ''],
      ['e-mail', 'email', ''],
    ]);
    assert.deepEqual(rowsFor([field('Email', 'a@b.co'), field('e-mail', 'c@d.co')]), [
      ['e-mail', 'eMail', 'email'],
    ]);
  });

  it('can stand, whatever the names', () => {
    const names = ['a b', 'a_b', 'aB', 'constructor', '__proto__', '!!', '  ', 'größe', 'first name'];
    const example = names.map((name) => ({ path: [name], value: 'x', isUntyped: false }));
    const rows = mappingFieldsFor(example, { rows: [], builtIns: DATA_TYPES.contacts.fields });
    assert.equal(rows.length, 7);
    assert.ok(areMappingFields(rows), JSON.stringify(rows));
  });

  it('suggest a property as records have them', () => {
    assert.equal(propertyName('Ticket Number'), 'ticketNumber');
    assert.equal(propertyName('CSAT score'), 'csatScore');
    assert.equal(propertyName('responseId'), 'responseId');
    assert.equal(propertyName('ID'), 'id');
  });
});

describe('the type of an example', () => {
  const types = (values: readonly ExampleField['value'][], isUntyped: boolean): string[] =>
    values.map((value) => guessType({ value, isUntyped }));

  it('is that of its value', () => {
    assert.deepEqual(types([true, 3, 3.5, null, 'a@b.co', '+44 20 7946 0018', '2026-01-31', '31'], false), [
      'boolean',
      'integer',
      'number',
      'string',
      'email',
      'phone',
      'date-time',
      'string',
    ]);
  });

  it('is what a text stands for where everything is text, unless it may be a code', () => {
    assert.deepEqual(types(['9', '-3', '007', '12345678901', '3.5', 'True', 'yes'], true), [
      'integer',
      'integer',
      'string',
      'string',
      'number',
      'boolean',
      'string',
    ]);
  });
});
