import { pointerTo } from '../../violation.ts';
import type { TextProperty } from '../record-property.ts';
import { isFields, meant, type Finding, type FoundValues } from './source.ts';

/** What the fields are called that people send along with an invitation, without case, spaces and signs. */
const PROPERTIES: ReadonlyMap<string, TextProperty> = new Map<string, TextProperty>([
  ['account', 'account'],
  ['accountname', 'account'],
  ['company', 'account'],
  ['companyname', 'account'],
  ['agent', 'agent'],
  ['agentid', 'agent'],
  ['supportgroup', 'supportGroup.name'],
  ['ticket', 'ticketId'],
  ['ticketid', 'ticketId'],
  ['language', 'language'],
  ['locale', 'language'],
]);

/** More than anyone sends; beyond it nothing is looked at. */
const MOST_FIELDS = 100;

/**
 * Finds what a sender has put beside the answers under names of its own: the names that say what they are fill their property, the
 * others become segments, the field's name as code and its value as name. `names` adds to the names, in small letters without signs.
 */
export function findNamedFields(
  { value: fields, path }: Finding,
  names: Readonly<Record<string, TextProperty>> = {},
): FoundValues {
  if (!isFields(fields)) return {};
  const known = new Map([...PROPERTIES, ...Object.entries(names)]);
  const found: Partial<Record<TextProperty, Finding>> = {};
  const segments: { code: string; name: unknown }[] = [];
  for (const [name, value] of Object.entries(fields).slice(0, MOST_FIELDS)) {
    const property = known.get(keyOf(name));
    if (!isFilled(value)) continue;
    if (property === undefined) segments.push({ code: name, name: value });
    else found[property] ??= { value, field: name, path: path + pointerTo(name) };
  }
  return { ...found, ...(segments.length === 0 ? {} : { segments: meant(segments) }) };
}

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[ _-]/g, '');

const isFilled = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.trim() !== '');
