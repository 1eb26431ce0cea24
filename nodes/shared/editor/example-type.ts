import { isEmailAddress } from '../../../src/email-address.ts';
import type { FieldType } from '../../../src/mapping/field-type.ts';
import { parseUtcTime } from '../../../src/platform/utc-time.ts';
import type { ExampleField } from './example-fields.ts';

const PHONE = /^\+\d[\d ()-]{5,30}$/;
/** A number with zeros before it is a code; one with many digits an id. */
const SHORT_WHOLE_NUMBER = /^-?(?:0|[1-9]\d{0,8})$/;
const SHORT_NUMBER = /^-?(?:0|[1-9]\d{0,8})\.\d{1,6}$/;

/** What a field most likely holds, from one value of it. */
export function guessType({ value, isUntyped }: Omit<ExampleField, 'path'>): FieldType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return value === null ? 'string' : guessTextType(value.trim(), isUntyped);
}

function guessTextType(text: string, isUntyped: boolean): FieldType {
  if (isEmailAddress(text)) return 'email';
  if (PHONE.test(text)) return 'phone';
  if (parseUtcTime(text) !== undefined) return 'date-time';
  return isUntyped ? guessUntyped(text) : 'string';
}

function guessUntyped(text: string): FieldType {
  if (SHORT_WHOLE_NUMBER.test(text)) return 'integer';
  if (SHORT_NUMBER.test(text)) return 'number';
  return /^(?:true|false)$/i.test(text) ? 'boolean' : 'string';
}
