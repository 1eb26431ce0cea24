import { headerOf } from './request-header.ts';
import type { RequestHeaders } from './scheme.ts';

/** The fields of a form by name, each with its values in the order they came. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/** As many as other parsers take by default; it bounds the time that a stranger's body can cost. */
const MOST_FIELDS = 1000;

const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Whether the content type says that the body is a urlencoded form. */
export const isForm = (headers: RequestHeaders): boolean =>
  headerOf(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() === FORM_TYPE;

/**
 * The fields of a urlencoded form, or undefined where it is none. Bytes and percent escapes that are no UTF-8 are refused, not
 * replaced: with U+FFFD in their place, many bodies would read as one.
 */
export function readForm(bytes: Uint8Array): FormFields | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const pairs = text.split('&', MOST_FIELDS + 1).filter((pair) => pair !== '');
    return pairs.length > MOST_FIELDS ? undefined : gather(pairs.map(readPair));
  } catch {
    return undefined;
  }
}

function readPair(pair: string): readonly [string, string] {
  const end = pair.indexOf('=');
  return end === -1 ? [unescape(pair), ''] : [unescape(pair.slice(0, end)), unescape(pair.slice(end + 1))];
}

/** Throws where an escape is malformed. */
const unescape = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

function gather(pairs: readonly (readonly [string, string])[]): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}
