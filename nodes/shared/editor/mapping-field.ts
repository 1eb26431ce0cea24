import { toText } from './text.ts';

/** A field of a mapping: its name where it is sent, the property of the record it becomes, and its rules. */
export interface MappingField {
  field: string;
  property: string;
  /** An empty text: as built in. */
  type: string;
  required: boolean;
  pattern: string;
  /** Characters; an empty text: as built in. */
  maxLength: number | '';
}

const UNSAFE_PROPERTIES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
};

/** Whether the text of an input can stand. */
export const FIELD_CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  field: (text) => text.trim() !== '',
  property: (text) => text.trim() !== '' && !UNSAFE_PROPERTIES.includes(text.trim()),
  pattern: isPattern,
  maxLength: (text) =>
    text === '' || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000_000),
};

/** An entry of the setting as a field, whatever it is. */
export function readMappingField(entry: unknown): MappingField {
  const row = (entry ?? {}) as Partial<Record<keyof MappingField, unknown>>;
  const maxLength = toText(row.maxLength);
  return {
    field: toText(row.field),
    property: toText(row.property),
    type: toText(row.type),
    required: row.required === true,
    pattern: toText(row.pattern),
    maxLength: maxLength === '' ? '' : Number(maxLength),
  };
}

/** Whether each field can be checked as it stands, and none is there twice. */
export function areMappingFields(entries: readonly unknown[]): boolean {
  const fields = entries.map(readMappingField);
  const areValid = fields.every((field) =>
    Object.entries(FIELD_CHECKS).every(([name, isValid]) =>
      isValid(toText(field[name as keyof MappingField])),
    ),
  );
  const names = new Set(fields.map(({ field }) => field.trim().toLowerCase()));
  const properties = new Set(fields.map(({ property }) => property.trim()));
  return areValid && names.size === fields.length && properties.size === fields.length;
}
