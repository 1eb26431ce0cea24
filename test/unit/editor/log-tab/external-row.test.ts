import assert from 'node:assert/strict';
import {
  keyOfRow,
  sortFields,
  type ExternalRow,
  type ExternalValueRow,
} from '../../../../nodes/webhook-log-tab/editor/external-data/external-row.ts';

const field = (label: string, favorite = false): ExternalValueRow => ({
  label,
  parameter: label,
  type: 'string',
  favorite,
  value: 'x',
  updatedAt: '2026-01-31T09:00:00.000Z',
});
const row = (group: string, id: string): ExternalRow => ({
  group,
  groupName: group,
  subject: { kind: 'ticket', id },
  updatedAt: '2026-01-31T09:00:00.000Z',
  fields: [],
});

describe('external data of a subject', () => {
  it('has its favorites in sight, and folds the rest away', () => {
    const [a, b, c] = [field('a'), field('b', true), field('c', true)];
    assert.deepEqual(sortFields([a, b, c]), { seen: [b, c], folded: [a] });
  });

  it('folds nothing away where nothing is a favorite', () => {
    const fields = [field('a'), field('b')];
    assert.deepEqual(sortFields(fields), { seen: fields, folded: [] });
    assert.deepEqual(sortFields([]), { seen: [], folded: [] });
  });

  it('is told apart by group and subject', () => {
    const keys = [row('a', 'b'), row('a","ticket","b', ''), row('a', 'c'), row('d', 'b')].map(keyOfRow);
    assert.equal(new Set(keys).size, 4);
  });
});
