import { textKey } from '../text-key.ts';
import type { BuiltInField } from './data-types/data-type.ts';

/** What of a row of a mapping's fields tells which field it is about. */
export interface NamedRow {
  readonly field: string;
  readonly property: string;
}

/** Which rows change a built-in field: a row belongs to that of its property, or else to that of its name. */
export function matchRows<Row extends NamedRow>(
  builtIns: readonly BuiltInField[],
  rows: readonly Row[],
): ReadonlyMap<BuiltInField, Row> {
  const matches = new Map<BuiltInField, Row>();
  for (const row of rows) {
    const builtIn = builtIns.find(({ property }) => property === row.property);
    if (builtIn && !matches.has(builtIn)) matches.set(builtIn, row);
  }
  const matched = new Set(matches.values());
  for (const row of rows) {
    const builtIn = builtIns.find(({ field }) => textKey(field) === textKey(row.field));
    if (builtIn && !matched.has(row) && !matches.has(builtIn)) matches.set(builtIn, row);
  }
  return matches;
}
