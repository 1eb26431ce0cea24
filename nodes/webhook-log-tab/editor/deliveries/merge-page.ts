/** Rows as they are listed, newest first, and where the next older ones begin. */
export interface Listed<Row> {
  readonly items: readonly Row[];
  /** Null = there are no older ones. */
  readonly nextCursor: string | null;
}

export interface Merged<Row> extends Listed<Row> {
  /** How many rows of the page are newer than any that was listed. */
  readonly newCount: number;
  /** There are newer rows that not even the page has. */
  readonly hasGap: boolean;
}

/**
 * What is listed after a page was read anew from its top: rows are as the page has them, those that it should have and has not are
 * gone, older ones stay. With `holdNew` newer rows are counted but not listed.
 */
export function mergePage<Row extends { readonly id: string }>(
  listed: Listed<Row>,
  page: Listed<Row>,
  { holdNew }: { readonly holdNew: boolean },
): Merged<Row> {
  const places = new Map(listed.items.map(({ id }, place) => [id, place]));
  const isKnown = page.items.map(({ id }) => places.has(id));
  const firstKnown = isKnown.indexOf(true);
  if (firstKnown < 0) return withoutOverlap(listed, page, holdNew);
  const lastKnown = isKnown.lastIndexOf(true);
  const isPageOlder = page.nextCursor === null || lastKnown < page.items.length - 1;
  const older = isPageOlder ? [] : listed.items.slice((places.get(page.items[lastKnown]?.id ?? '') ?? 0) + 1);
  return {
    items: [...page.items.slice(holdNew ? firstKnown : 0), ...older],
    nextCursor: isPageOlder ? page.nextCursor : listed.nextCursor,
    newCount: firstKnown,
    hasGap: false,
  };
}

function withoutOverlap<Row>(listed: Listed<Row>, page: Listed<Row>, holdNew: boolean): Merged<Row> {
  // Nothing was there to be read.
  if (listed.items.length === 0) return { ...page, newCount: 0, hasGap: false };
  const { items, nextCursor } = holdNew && page.items.length > 0 ? listed : page;
  return { items, nextCursor, newCount: page.items.length, hasGap: page.nextCursor !== null };
}
