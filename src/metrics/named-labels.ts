import type { Labels } from './metric-family.ts';

/** Something of the flows that people know by a name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A label is no place for more. */
const LONGEST_NAME = 100;

/** Labels that tell it apart, by its id, and that people can read. */
export const namedLabels = (kind: string, { id, name }: Named): Labels => ({
  [kind]: id,
  [`${kind}_name`]: Array.from(name).slice(0, LONGEST_NAME).join(''),
});
