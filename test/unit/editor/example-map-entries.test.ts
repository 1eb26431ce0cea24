import assert from 'node:assert/strict';
import type { ExampleField } from '../../../nodes/shared/editor/example-fields.ts';
import { mapEntriesFor, messagePlace } from '../../../nodes/shared/editor/example-map-entries.ts';
import { areMapEntries, usualEntries } from '../../../nodes/shared/editor/map-entry.ts';

const fields = (...names: string[]): ExampleField[] =>
  names.map((name) => ({ path: name.split('.'), value: 'x', isUntyped: false }));
const found = (example: readonly ExampleField[]): Record<string, string> =>
  Object.fromEntries(mapEntriesFor(example, []).rows.map(({ property, value }) => [property, value]));

describe('the rows of a survey response from an example', () => {
  it('are filled by the names that systems use, also within other fields', () => {
    assert.deepEqual(found(fields('NPS Score', 'data.comment', 'customer.name', 'customer.id', 'x.Email')), {
      score: 'payload["NPS Score"]',
      comment: 'payload.data.comment',
      'respondent.email': 'payload.x.Email',
      'respondent.name': 'payload.customer.name',
      'respondent.id': 'payload.customer.id',
    });
  });

  it('are not filled by names that anything may have', () => {
    assert.deepEqual(found(fields('product.id', 'product.name', 'colour')), {});
    assert.deepEqual(found(fields('id', 'name')), {
      responseId: 'payload.id',
      'respondent.name': 'payload.name',
    });
  });

  it('keep what is filled in, and fill in what is blank', () => {
    const own = { property: 'score', value: 'payload.mine', valueType: 'msg' };
    const rows = [own, ...usualEntries('generic').slice(2)];
    const { rows: filled, count } = mapEntriesFor(fields('score', 'comment', 'language'), rows);
    assert.deepEqual(
      filled.map(({ property, value }) => [property, value]),
      [
        ['score', 'payload.mine'],
        ['comment', 'payload.comment'],
        ['respondent.email', ''],
        ['language', 'payload.language'],
      ],
    );
    assert.equal(count, 2);
    assert.ok(
      areMapEntries(
        filled.filter(({ value }) => value !== ''),
        'generic',
      ),
    );
  });

  it('name places as Node-RED writes them', () => {
    assert.equal(messagePlace(['a', 'b c', `it's`]), `payload.a["b c"]["it's"]`);
    assert.equal(messagePlace(['say "x"']), `payload['say "x"']`);
    assert.equal(messagePlace([`'"`]), undefined);
  });
});
