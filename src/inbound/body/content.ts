import type { IncomingMessage } from 'node:http';
import { refusal, type Refusal } from '../refusals.ts';

/** The encodings a body may be sent in. */
export type ContentEncoding = 'identity' | 'gzip' | 'deflate' | 'br';

/** What the headers say of the body, understood. */
export interface Content {
  readonly format: 'json' | 'form' | 'multipart';
  /** The header as it was sent: a multipart form's boundary is in it. */
  readonly type: string;
  readonly encoding: ContentEncoding;
}

const ENCODINGS: Readonly<Record<string, ContentEncoding>> = {
  '': 'identity',
  identity: 'identity',
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
};
const CHARSETS = new Set(['utf-8', 'utf8', 'us-ascii']);
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** What describes a body. */
export type Described = Pick<IncomingMessage, 'headers'>;

/** Whether the request has a body, or may have one. */
export const hasBody = ({ headers }: Described): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Understands the headers that describe the body, or refuses one that could not be read (415) before it is. */
export function readContent({ headers }: Described): Content | Refusal {
  const type = headers['content-type'] ?? '';
  const format = formatOf(type);
  if (!format) return refusal('unsupported_type');
  const charset = CHARSET.exec(type)?.[1]?.toLowerCase();
  if (charset !== undefined && !CHARSETS.has(charset)) return refusal('unsupported_charset');
  const encoding = ENCODINGS[(headers['content-encoding'] ?? '').trim().toLowerCase()];
  if (!encoding) return refusal('unsupported_encoding', { 'Accept-Encoding': 'gzip, deflate, br' });
  return { format, type, encoding };
}

function formatOf(type: string): Content['format'] | undefined {
  const mediaType = mediaTypeOf(type);
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType === 'multipart/form-data') return 'multipart';
  return /^application\/(?:[\w!#$&^.-]+\+)?json$/.test(mediaType) ? 'json' : undefined;
}

/** The media type of a `Content-Type`, in small letters and without its parameters. */
export const mediaTypeOf = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
