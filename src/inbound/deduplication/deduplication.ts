import { hash } from 'node:crypto';
import type { DedupeRule } from './dedupe-rule.ts';
import type { Described } from '../body/content.ts';
import type { InboundEvent } from '../hook.ts';

/** How a hook knows an event again. */
export interface Deduplication {
  readonly rule: DedupeRule;
  /** For how long, in ms. */
  readonly windowMs: number;
}

type Told = Pick<InboundEvent, 'payload' | 'signature'> & { readonly request: Described };

/** A digest of what tells this event from others; undefined where its sender does not say it: then it is like no other. */
export function readDedupeKey(rule: DedupeRule, event: Told): string | undefined {
  const value = readValue(rule, event);
  return isTelling(value) ? hash('sha256', String(value), 'base64url') : undefined;
}

/** Not numbers that JSON's parser rounds: events with different ids of 17 digits would be taken for one, and lost. */
const isTelling = (value: unknown): value is string | number =>
  typeof value === 'number'
    ? Math.abs(value) <= Number.MAX_SAFE_INTEGER
    : typeof value === 'string' && value !== '';

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
