import { isHeaderName } from '../platform/http-header.ts';
import type { TimestampFormat } from './notation.ts';

/** A piece of what is signed: a text as it stands, or a tag that a message fills. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'timestamp'; readonly format: TimestampFormat }
  | { readonly kind: 'header' | 'field'; readonly name: string }
  | { readonly kind: 'body' | 'id' | 'method' | 'url' | 'secret' };

export interface ParsedTemplate {
  readonly parts: readonly TemplatePart[];
  /** What stands in double braces and is no tag. */
  readonly unknown: readonly string[];
}

/** Reads what is to be signed: tags in double braces, `\n` for a line end, and everything else as it stands. */
export function parseTemplate(template: string): ParsedTemplate {
  // The pattern has one group, so texts and tags take turns.
  const pieces = template.split(/\{\{(.*?)\}\}/s);
  const parts = pieces.map((piece, at) => (at % 2 === 0 ? parseText(piece) : parseTag(piece)));
  return {
    parts: parts.filter((part) => part !== undefined),
    unknown: pieces.filter((_piece, at) => at % 2 === 1 && parts[at] === undefined),
  };
}

const parseText = (text: string): TemplatePart => ({ kind: 'text', text: text.replaceAll('\\n', '\n') });

const TAGS: Readonly<Record<string, TemplatePart>> = {
  body: { kind: 'body' },
  id: { kind: 'id' },
  method: { kind: 'method' },
  url: { kind: 'url' },
  secret: { kind: 'secret' },
  timestamp: { kind: 'timestamp', format: 'seconds' },
  timestampMs: { kind: 'timestamp', format: 'milliseconds' },
  timestampIso: { kind: 'timestamp', format: 'iso' },
  timestampHttp: { kind: 'timestamp', format: 'http' },
};

function parseTag(text: string): TemplatePart | undefined {
  const tag = text.trim();
  if (Object.hasOwn(TAGS, tag)) return TAGS[tag];
  const [, of, name = ''] = /^(header|form)\.(.+)$/s.exec(tag) ?? [];
  if (of === 'form') return { kind: 'field', name };
  return of === 'header' && isHeaderName(name) ? { kind: 'header', name } : undefined;
}
