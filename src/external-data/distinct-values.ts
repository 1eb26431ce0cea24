import type { StoredValue } from './external-data-store.ts';
import type { ExternalField } from './external-data.ts';
import { tagNameOf } from './parameter.ts';

/**
 * Kept values, one for each name that tags call them. A parameter that was written another way, as `a.b` and `/a/b`, has left a value under
 * the same name: the field's own counts, else the newest.
 */
export function distinctValues(
  fields: readonly ExternalField[],
  values: readonly StoredValue[],
): StoredValue[] {
  const own = new Set(fields.map(({ parameter }) => parameter));
  const distinct = new Map<string, StoredValue>();
  for (const value of values) {
    const tag = tagNameOf(value.parameter);
    const other = distinct.get(tag);
    if (!other || isBetter(value, other, own)) distinct.set(tag, value);
  }
  return [...distinct.values()];
}

function isBetter(value: StoredValue, other: StoredValue, own: ReadonlySet<string>): boolean {
  const isOwn = own.has(value.parameter);
  return isOwn === own.has(other.parameter) ? value.updatedAt > other.updatedAt : isOwn;
}
