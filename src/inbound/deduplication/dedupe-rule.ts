import { isHeaderName } from '../../platform/http-header.ts';

/** Where senders write what tells one event from another: a header, a value of the payload, or an id that is signed. */
export type DedupeRule =
  | { readonly by: 'header'; readonly name: string }
  | { readonly by: 'payload'; readonly path: readonly string[] }
  | { readonly by: 'signature' };

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
