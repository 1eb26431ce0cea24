import type { BuiltInField } from '../../../src/mapping/data-types/data-type.ts';
import { textKey } from '../../../src/text-key.ts';
import type { ExampleField } from './example-fields.ts';
import { guessType } from './example-type.ts';
import { FIELD_CHECKS, type MappingField } from './mapping-field.ts';

interface Mapped {
  /** The rows that are there. */
  readonly rows: readonly MappingField[];
  /** What the data type has by itself. */
  readonly builtIns: readonly BuiltInField[];
}

/**
 * The rows that a mapping needs beside those that are there to take all fields of an example. A mapping takes what stands at the top
 * of a payload. What it knows by that name already needs no row; a name that is only written otherwise becomes that built-in property.
 */
export function mappingFieldsFor(
  example: readonly ExampleField[],
  { rows, builtIns }: Mapped,
): MappingField[] {
  const known = new Set([...rows, ...builtIns].map(({ field }) => textKey(field)));
  const chooseProperty = propertyChooser(example, { rows, builtIns });
  const added: MappingField[] = [];
  for (const sent of example) {
    const name = topName(sent);
    if (name === '' || known.has(textKey(name))) continue;
    known.add(textKey(name));
    const { property, builtIn } = chooseProperty(name);
    const rules = builtIn
      ? { type: '', required: builtIn.required ?? false }
      : { type: guessType(sent), required: false };
    added.push({ field: name, property, ...rules, pattern: '', maxLength: '' });
  }
  return added;
}

/** The name of a field that stands at the top; empty for one that stands within another. */
const topName = ({ path: [name = '', ...inner] }: ExampleField): string =>
  inner.length === 0 && name.trim() !== '' ? name : '';

/** Chooses for each name the built-in property that nothing else fills, or one that is not used yet. */
function propertyChooser(example: readonly ExampleField[], { rows, builtIns }: Mapped) {
  const sent = new Set(example.map((field) => textKey(topName(field))));
  const filled = new Set(rows.map(({ property }) => property));
  const open = builtIns.filter(({ field, property }) => !filled.has(property) && !sent.has(textKey(field)));
  const used = new Set([...filled, ...builtIns.map(({ property }) => property)]);
  return (name: string): { property: string; builtIn?: BuiltInField } => {
    const suggested = propertyName(name);
    const at = open.findIndex(({ property }) => property.toLowerCase() === suggested.toLowerCase());
    const [builtIn] = at < 0 ? [] : open.splice(at, 1);
    if (builtIn) return { property: builtIn.property, builtIn };
    const property = unusedName(suggested, used);
    used.add(property);
    return { property };
  };
}

/** A property's name for a field's: `Ticket Number` becomes `ticketNumber`. */
export function propertyName(field: string): string {
  const [first = '', ...others] = field.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const begin = first === first.toUpperCase() ? first.toLowerCase() : lowerFirst(first);
  return [begin, ...others.map(upperFirst)].join('') || field.trim();
}

const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1);
const upperFirst = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function unusedName(name: string, used: ReadonlySet<string>): string {
  const isFree = (one: string): boolean => !used.has(one) && (FIELD_CHECKS['property']?.(one) ?? true);
  if (isFree(name)) return name;
  let number = 2;
  while (!isFree(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
