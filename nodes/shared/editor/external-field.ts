import { parameterPath, tagNameOf } from '../../../src/external-data/parameter.ts';
import { textKey } from '../../../src/text-key.ts';
import { holdsEnv, toText } from './text.ts';

/** A field of a group of external data, as its dialog holds it. */
export interface FieldRow {
  label: string;
  parameter: string;
  type: string;
  favorite: boolean;
}

/** The types of a field, the usual one first. */
export const EXTERNAL_FIELD_TYPES = ['string', 'integer', 'boolean', 'date-time'] as const;

const MOST_FIELDS = 100;
const LONGEST_LABEL = 100;

/** Whether the text of an input can stand. */
export const EXTERNAL_FIELD_CHECKS = {
  label: (text: string): boolean => text.trim() !== '' && text.trim().length <= LONGEST_LABEL,
  parameter: (text: string): boolean => holdsEnv(text) || parameterPath(text.trim()) !== undefined,
  type: (): boolean => true,
} as const;

/** An entry of the setting as a field, whatever it is. */
export function readFieldRow(entry: unknown): FieldRow {
  const row = (entry ?? {}) as Partial<Record<keyof FieldRow, unknown>>;
  const type = toText(row.type);
  return {
    label: toText(row.label),
    parameter: toText(row.parameter),
    type: EXTERNAL_FIELD_TYPES.find((known) => known === type) ?? EXTERNAL_FIELD_TYPES[0],
    favorite: row.favorite === true,
  };
}

/** Whether there are fields, each with a label and a parameter, and people and tags can tell them apart. */
export function areExternalFields(entries: readonly unknown[]): boolean {
  const fields = entries.map(readFieldRow);
  const areValid = fields.every(
    ({ label, parameter }) =>
      EXTERNAL_FIELD_CHECKS.label(label) && EXTERNAL_FIELD_CHECKS.parameter(parameter),
  );
  const labels = new Set(fields.map(({ label }) => textKey(label)));
  const names = new Set(fields.map(({ parameter }) => tagNameOf(parameter.trim())));
  const areApart = labels.size === fields.length && names.size === fields.length;
  return areValid && areApart && fields.length > 0 && fields.length <= MOST_FIELDS;
}
