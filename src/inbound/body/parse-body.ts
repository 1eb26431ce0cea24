import { isRefusal, refusal, type Refusal } from '../refusals.ts';
import type { Content } from './content.ts';
import { parsePairs } from './fields.ts';
import { inflate } from './inflate.ts';
import { parseJson } from './parse-json.ts';
import type { ParsedBody } from './parsed-body.ts';
import { parseMultipart } from './parse-multipart.ts';

/** What the bytes of a body hold, or why that cannot be told. Inflated they are at most `limit` long. */
export async function parseBody(
  bytes: Buffer,
  content: Content,
  limit: number,
): Promise<ParsedBody | Refusal> {
  const inflated = content.encoding === 'identity' ? bytes : await inflate(bytes, content.encoding, limit);
  if (isRefusal(inflated)) return inflated;
  if (content.format === 'multipart') return parseMultipart(inflated, content.type);
  const text = decodeUtf8(inflated);
  if (text === undefined) return refusal('not_utf8');
  return content.format === 'json' ? parseJson(text) : parseForm(text);
}

function parseForm(text: string): ParsedBody | Refusal {
  const read = parsePairs(text, 'malformed_form');
  return isRefusal(read) ? read : { value: read.fields, files: [] };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
