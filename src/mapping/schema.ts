import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import { isEmailAddress } from '../email-address.ts';
import { isIsoTime, isPhone } from './formats.ts';
import type { Mapping } from './mapping.ts';
import type { MappedField } from './mapped-field.ts';

/** Ajv's own `pattern` would try a text of any length for any time. */
export const PATTERN_KEYWORD = 'boundedPattern';

/** Tells whether a record keeps the mapping's rules; `errors` lists each that it breaks. */
export type CheckRecord = ValidateFunction;

/**
 * Compiles the rules of a mapping. Each mapping has an Ajv of its own, because an Ajv keeps every schema that it has
 * compiled for as long as it lives: one for all would grow with each deploy.
 */
export function compileSchema(mapping: Mapping): CheckRecord {
  const ajv = new Ajv({
    allErrors: true,
    ownProperties: true,
    strict: true,
    strictRequired: false,
    validateSchema: false,
    messages: false,
    meta: false,
    formats: { email: isEmailAddress, phone: isPhone, 'iso-time': isIsoTime },
  });
  ajv.addKeyword({ keyword: PATTERN_KEYWORD, type: 'string', errors: false, validate: matchesPattern });
  return ajv.compile({
    type: 'object',
    properties: Object.fromEntries(mapping.fields.map((field) => [field.property, schemaOf(field)])),
    required: mapping.fields.filter(({ required }) => required).map(({ property }) => property),
    ...oneOfRule(mapping),
  });
}

/** The fields of which at least one must be there, where none of them is required anyway. */
export function alternativesOf({ dataType, fields }: Mapping): readonly MappedField[] {
  const alternatives = fields.filter(
    ({ builtIn }) => builtIn !== undefined && dataType.oneOf?.includes(builtIn),
  );
  return alternatives.some(({ required }) => required) ? [] : alternatives;
}

function oneOfRule(mapping: Mapping): SchemaObject {
  const alternatives = alternativesOf(mapping);
  return alternatives.length === 0
    ? {}
    : { anyOf: alternatives.map(({ property }) => ({ required: [property] })) };
}

function textRules(field: MappedField): SchemaObject {
  return {
    maxLength: field.maxLength,
    ...(field.pattern ? { [PATTERN_KEYWORD]: field } : {}),
  };
}

/** A text that is too long breaks that rule only: it is not tried. */
function matchesPattern({ pattern, maxLength }: MappedField, text: string): boolean {
  const isTooLong = maxLength !== undefined && text.length > maxLength * 2;
  return isTooLong || pattern === undefined || pattern.test(text);
}

function schemaOf(field: MappedField): SchemaObject {
  switch (field.type) {
    case 'string':
      return { type: 'string', ...textRules(field) };
    case 'email':
    case 'phone':
      return { type: 'string', format: field.type, ...textRules(field) };
    case 'date-time':
      return { type: 'string', format: 'iso-time' };
    case 'integer':
      return {
        type: 'integer',
        minimum: field.minimum ?? Number.MIN_SAFE_INTEGER,
        maximum: field.maximum ?? Number.MAX_SAFE_INTEGER,
      };
    case 'number':
    case 'boolean':
      return { type: field.type };
  }
}
