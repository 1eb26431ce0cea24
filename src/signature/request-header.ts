import { isHeaderValue } from '../platform/http-header.ts';
import type { RequestHeaders } from './scheme.ts';

/** A header's value, whatever the case of the name; undefined where there is none, or something that no header can hold. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value: unknown = headers[name.toLowerCase()];
  // Names come from settings too, and headers from flows: a list is no text, and what objects call `constructor` neither.
  return typeof value === 'string' && isHeaderValue(value) ? value : undefined;
}
