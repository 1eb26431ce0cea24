/** A value that is kept of a subject, as the admin API lists it. Strangers may have written it. Times are ISO 8601 UTC. */
export interface ExternalValueRow {
  readonly label: string;
  readonly parameter: string;
  readonly type: 'boolean' | 'date-time' | 'integer' | 'string';
  readonly favorite: boolean;
  readonly value: string | number | boolean;
  readonly updatedAt: string;
}

/** What a group keeps of one subject. */
export interface ExternalRow {
  /** The group's id. */
  readonly group: string;
  readonly groupName: string;
  readonly subject: { readonly kind: 'user' | 'ticket' | 'project'; readonly id: string };
  readonly updatedAt: string;
  readonly fields: readonly ExternalValueRow[];
}

export interface ExternalPage {
  readonly items: readonly ExternalRow[];
  readonly nextCursor: string | null;
}

/** Tells subjects apart, also those of two groups. */
export const keyOfRow = ({ group, subject }: ExternalRow): string =>
  JSON.stringify([group, subject.kind, subject.id]);

/** What is seen at once, and what is folded away: favorites, and the others; where nothing is a favorite nothing is folded. */
export function sortFields(fields: readonly ExternalValueRow[]): {
  readonly seen: readonly ExternalValueRow[];
  readonly folded: readonly ExternalValueRow[];
} {
  const favorites = fields.filter(({ favorite }) => favorite);
  if (favorites.length === 0) return { seen: fields, folded: [] };
  return { seen: favorites, folded: fields.filter(({ favorite }) => !favorite) };
}
