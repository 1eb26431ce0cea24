import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergePage, type Listed } from '../../../../nodes/webhook-log-tab/editor/deliveries/merge-page.ts';

interface Row {
  readonly id: string;
  readonly state?: string;
}

/** Rows by the letters of a text, newest first. */
const list = (ids: string, nextCursor: string | null, state = ''): Listed<Row> => ({
  items: Array.from(ids, (id) => ({ id, state })),
  nextCursor,
});
const idsOf = ({ items }: Listed<Row>): string => items.map(({ id }) => id).join('');

describe('A list that is read anew from its top', () => {
  const merge = (listed: Listed<Row>, page: Listed<Row>, holdNew = false) =>
    mergePage(listed, page, { holdNew });

  it('takes newer rows at its top, and counts them', () => {
    const merged = merge(list('dcba', 'more'), list('fedc', 'x'));
    assert.deepEqual([idsOf(merged), merged.newCount, merged.hasGap], ['fedcba', 2, false]);
    assert.equal(merged.nextCursor, 'more');
  });

  it('holds newer rows back where it is read, and still counts them', () => {
    const merged = merge(list('dcba', 'more'), list('fedc', 'x'), true);
    assert.deepEqual([idsOf(merged), merged.newCount], ['dcba', 2]);
  });

  it('shows rows as the page has them, and older ones as they were', () => {
    const { items } = merge(list('dcba', null, 'old'), list('dc', 'x', 'new'));
    assert.deepEqual(
      items.map(({ state }) => state),
      ['new', 'new', 'old', 'old'],
    );
  });

  it('drops rows that the page should have and has not', () => {
    assert.equal(idsOf(merge(list('dcba', 'more'), list('db', 'x'))), 'dba');
    assert.equal(idsOf(merge(list('dcba', 'more'), list('d', null))), 'd');
    assert.equal(idsOf(merge(list('dcba', 'more'), list('', null), true)), '');
  });

  it('goes on where the page ends, if that is older than what was listed', () => {
    const merged = merge(list('dc', 'c'), list('edcba', 'a'));
    assert.deepEqual([idsOf(merged), merged.nextCursor], ['edcba', 'a']);
  });

  it('begins anew where so much came that nothing is left of it', () => {
    const merged = merge(list('dcba', 'more'), list('zyx', 'x'));
    assert.deepEqual([idsOf(merged), merged.nextCursor, merged.hasGap], ['zyx', 'x', true]);
  });

  it('stays as it is where so much came while it is read', () => {
    const merged = merge(list('dcba', 'more'), list('zyx', 'x'), true);
    assert.deepEqual([idsOf(merged), merged.nextCursor], ['dcba', 'more']);
    assert.deepEqual([merged.newCount, merged.hasGap], [3, true]);
  });

  it('shows the first page at once', () => {
    assert.equal(idsOf(merge(list('', null), list('ba', null), true)), 'ba');
  });

  it('is the log again whatever came and went, as long as the page reaches the rows that changed', () => {
    const log = fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(log, fc.nat(30), fc.nat(10), (ids, seen, came) => {
        const all = ids.toSorted((one, other) => other - one).map((id) => ({ id: String(id) }));
        const before = all.slice(came);
        const listed = { items: before.slice(0, seen), nextCursor: seen < before.length ? 'more' : null };
        const page = { items: all.slice(0, came + 5), nextCursor: came + 5 < all.length ? 'x' : null };
        const { items } = mergePage(listed, page, { holdNew: false });
        assert.deepEqual(items, all.slice(0, items.length));
      }),
    );
  });
});
