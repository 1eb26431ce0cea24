import { hash } from 'node:crypto';
import { isHeaderName } from '../platform/http-header.ts';
import type { Described } from './body/content.ts';
import type { InboundEvent } from './hook.ts';

/** Where senders write what tells one event from another: a header, a value of the payload, or an id that is signed. */
export type DedupeRule =
  | { readonly by: 'header'; readonly name: string }
  | { readonly by: 'payload'; readonly path: readonly string[] }
  | { readonly by: 'signature' };

/** How a hook knows an event again. */
export interface Deduplication {
  readonly rule: DedupeRule;
  /** For how long, in ms. */
  readonly windowMs: number;
}

/** The rule that `header:<name>`, `payload:<path>` or `signature` stands for; undefined if it is none. */
export function parseDedupeRule(text: string): DedupeRule | undefined {
  const rule = text.trim();
  if (rule === 'signature') return { by: 'signature' };
  const [kind, ...rest] = rule.split(':');
  const place = rest.join(':').trim();
  if (kind === 'header') return isHeaderName(place) ? { by: 'header', name: place.toLowerCase() } : undefined;
  if (kind !== 'payload') return undefined;
  const path = place.split('.');
  return path.every((part) => part !== '') ? { by: 'payload', path } : undefined;
}

type Told = Pick<InboundEvent, 'payload' | 'signature'> & { readonly request: Described };

/** A digest of what tells this event from others; undefined where its sender does not say it: then it is like no other. */
export function readDedupeKey(rule: DedupeRule, event: Told): string | undefined {
  const value = readValue(rule, event);
  if (typeof value === 'number' || (typeof value === 'string' && value !== ''))
    return hash('sha256', String(value), 'base64url');
  return undefined;
}

function readValue(rule: DedupeRule, { request, payload, signature }: Told): unknown {
  switch (rule.by) {
    case 'header': {
      const value = request.headers[rule.name];
      return Array.isArray(value) ? value.join(', ') : value;
    }
    case 'payload':
      return rule.path.reduce<unknown>(ownProperty, payload);
    case 'signature':
      return signature?.id;
  }
}

/** Only what was sent: every object has a `constructor`. */
const ownProperty = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
