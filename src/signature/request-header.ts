import { isHeaderValue } from '../platform/http-header.ts';
import type { RequestHeaders } from './scheme.ts';

/** A header's value, whatever the case of the name; undefined where there is none, or something that no header can hold. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const key = name.toLowerCase();
  // Names come from settings too, and headers from flows: `constructor` is nobody's header, and a list no text.
  const value: unknown = Object.hasOwn(headers, key) ? headers[key] : undefined;
  return typeof value === 'string' && isHeaderValue(value) ? value : undefined;
}
