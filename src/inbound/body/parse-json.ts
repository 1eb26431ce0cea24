import { refusal, type Refusal } from '../refusals.ts';
import { hasForbiddenName } from './fields.ts';
import { DEEPEST, MOST_FIELDS } from './limits.ts';
import type { ParsedBody } from './parsed-body.ts';

/** A JSON body: any value, the last of two fields with one name. */
export function parseJson(text: string): ParsedBody | Refusal {
  const { depth, fieldCount } = measureJson(text);
  if (depth > DEEPEST) return refusal('too_deep');
  if (fieldCount > MOST_FIELDS) return refusal('too_many_fields');
  try {
    const value: unknown = JSON.parse(text);
    return hasForbiddenName(value, text) ? refusal('forbidden_field') : { value, files: [] };
  } catch {
    return refusal('malformed_json');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** How deep JSON text nests and how many fields it has, from its characters alone: it is refused before anything is built from it. */
export function measureJson(text: string): { depth: number; fieldCount: number } {
  let level = 0;
  let depth = 0;
  let fieldCount = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (isOpening(code)) depth = Math.max(depth, ++level);
    else if (isClosing(code)) level--;
    else if (code === COLON) fieldCount++;
  }
  return { depth, fieldCount };
}

const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}
