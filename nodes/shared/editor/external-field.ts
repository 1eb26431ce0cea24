import { textKey } from '../../../src/text-key.ts';
import { toText } from './text.ts';

/** A field of a group of external data, as its dialog holds it. */
export interface FieldRow {
  label: string;
  parameter: string;
  type: string;
  favorite: boolean;
}

/** The types of a field, the usual one first. */
export const EXTERNAL_FIELD_TYPES = ['string', 'integer', 'boolean', 'date-time'] as const;

/** What a group may be called: its name is part of a tag, in which points and braces have a meaning. */
const GROUP_NAME = /^[^.{}]{1,64}$/;

/** Whether a group can have this name, which no other group may have. */
export function isGroupName(name: string, group: EditorNode): boolean {
  let isTaken = false;
  RED.nodes.eachConfig((config) => {
    const isOther = config.type === group.type && config.id !== group.id;
    if (isOther && 'name' in config && textKey(toText(config.name)) === textKey(name)) isTaken = true;
    return undefined;
  });
  return GROUP_NAME.test(name.trim()) && !isTaken;
}

/** The names on the way to a value: of `result.number`, or of the JSON pointer `/result/number`. */
const pathOf = (parameter: string): string[] =>
  parameter.startsWith('/') ? parameter.slice(1).split('/') : parameter.split('.');

/** What a tag calls a parameter. */
export const tagNameOf = (parameter: string): string => pathOf(parameter.trim()).join('.');

const isParameter = (text: string): boolean =>
  pathOf(text.trim()).every((name) => name.trim() !== '' && !/[{}]/.test(name));

/** Whether the text of an input can stand. */
export const EXTERNAL_FIELD_CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  label: (text) => text.trim() !== '',
  parameter: isParameter,
};

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

/** Whether there is a field, each has a label and a parameter, and tags can tell them apart. */
export function areExternalFields(entries: readonly unknown[]): boolean {
  const fields = entries.map(readFieldRow);
  const areValid = fields.every(
    ({ label, parameter }) =>
      EXTERNAL_FIELD_CHECKS['label']?.(label) === true &&
      EXTERNAL_FIELD_CHECKS['parameter']?.(parameter) === true,
  );
  const names = new Set(fields.map(({ parameter }) => tagNameOf(parameter)));
  return areValid && fields.length > 0 && names.size === fields.length;
}
