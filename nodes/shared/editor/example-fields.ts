import type { Interaction } from './interaction.ts';

/** A field of a request that a hook received, as its flow gets it in the payload. */
export interface ExampleField {
  /** Its name as it was sent; of a field within others, theirs before it. */
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  /** From a form or a query, where everything is text. */
  readonly isUntyped: boolean;
}

/**
 * The fields of a request, or why they cannot be told: only the beginning of the body was recorded (`cut`), it is no text, perhaps
 * because it is packed (`binary`), it is an email or a form with files, is neither JSON nor a form (`unreadable`), or holds no object.
 */
export type Example =
  | { readonly kind: 'fields'; readonly fields: readonly ExampleField[] }
  | {
      readonly kind: 'none';
      readonly why: 'cut' | 'binary' | 'email' | 'multipart' | 'unreadable' | 'no-object' | 'empty';
    };

/** More rows than anyone would go through. */
const MOST_FIELDS = 100;
/** Deeper than what people send. */
const DEEPEST = 10;

type Read = readonly ExampleField[] | Extract<Example, { kind: 'none' }>['why'];

/** The fields of an interaction as a hook gives them to its flow: those of the query, those of the body over them. Lists have no fields. */
export function fieldsOfInteraction({ request }: Pick<Interaction, 'request'>): Example {
  if (request.protocol === 'SMTP') return { kind: 'none', why: 'email' };
  const body = bodyFields(request);
  if (typeof body === 'string') return { kind: 'none', why: body };
  const byName = new Map<string, ExampleField>();
  for (const field of [...queryFields(request.url), ...body]) {
    const name = JSON.stringify(field.path);
    // Of two with one name the later counts, and stands where it came.
    byName.delete(name);
    byName.set(name, field);
  }
  const fields = [...byName.values()].slice(0, MOST_FIELDS);
  return fields.length === 0 ? { kind: 'none', why: 'empty' } : { kind: 'fields', fields };
}

function queryFields(url: string): ExampleField[] {
  const at = url.indexOf('?');
  return at < 0 ? [] : formFields(url.slice(at + 1));
}

const formFields = (text: string): ExampleField[] =>
  [...new URLSearchParams(text)].map(([name, value]) => ({ path: [name], value, isUntyped: true }));

function bodyFields({ headers, body }: Interaction['request']): Read {
  if (!body || body.size === 0) return [];
  if (body.cut) return 'cut';
  if (body.encoding === 'base64') return 'binary';
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return textFields(body.content, type.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

function textFields(text: string, mediaType: string): Read {
  if (mediaType === 'multipart/form-data') return 'multipart';
  if (mediaType === 'application/x-www-form-urlencoded') return formFields(text);
  return /^application\/(.+\+)?json$/.test(mediaType) ? jsonFields(text) : 'unreadable';
}

function jsonFields(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  return isObject(value) ? flatten(value, []) : 'no-object';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flatten(value: Record<string, unknown>, above: readonly string[]): ExampleField[] {
  if (above.length >= DEEPEST) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = [...above, name];
    if (isObject(inner)) return flatten(inner, path);
    return isPlain(inner) ? [{ path, value: inner, isUntyped: false }] : [];
  });
}

const isPlain = (value: unknown): value is ExampleField['value'] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);
