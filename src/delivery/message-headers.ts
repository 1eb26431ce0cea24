import { HookError } from '../errors.ts';
import { isHeaderName, isHeaderValue } from '../platform/http-header.ts';
import { isForbiddenHeader, type Header } from './header.ts';

/** More than any target asks for; each delivery of the message keeps them. */
const MOST_HEADERS = 20;
const MOST_CHARACTERS = 4096;

/** Headers that say who sends, or what the body is: the endpoint's settings do. */
const ENDPOINT_HEADERS: readonly string[] = ['authorization', 'content-type', 'cookie', 'set-cookie'];

const DELIVERY_ID = /\{\{\s*delivery\.id\s*\}\}/g;

/**
 * The headers that a message brings for its deliveries, from `msg.target`: an object with `headers`, text by name. None where it
 * has no such property. Throws HOOK_MESSAGE_UNREADABLE, in words for people, for what no message may set.
 */
export function readMessageHeaders(target: unknown): readonly Header[] {
  const given = typeof target === 'object' && target !== null && 'headers' in target ? target.headers : null;
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object' || Array.isArray(given))
    throw refuse('it must be an object of texts by name.');
  const headers = Object.entries(given as Record<string, unknown>).map(readHeader);
  const problem = problemOf(headers);
  if (problem !== undefined) throw refuse(problem);
  return headers;
}

/** A header's value with `{{delivery.id}}` filled in: the same on each attempt and resend of a delivery, another for each delivery. */
export const fillDeliveryId = (value: string, deliveryId: string): string =>
  value.replace(DELIVERY_ID, () => deliveryId);

function readHeader([name, value]: [string, unknown], index: number): Header {
  // Not the name itself: whoever pastes a whole line there pastes the token with it.
  if (!isHeaderName(name)) throw refuse(`the name of header ${index + 1} is not the name of a header.`);
  if (isForbiddenHeader(name)) throw refuse(`${name} is set by the delivery itself.`);
  if (isEndpointHeader(name)) throw refuse(`${name} is set at the endpoint.`);
  if (typeof value !== 'string' || !isHeaderValue(value))
    throw refuse(`the value of ${name} is not a text that a header can hold.`);
  return [name, value.trim()];
}

function problemOf(headers: readonly Header[]): string | undefined {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  if (names.size < headers.length) return 'it names a header twice.';
  if (headers.length > MOST_HEADERS) return `it holds more than ${MOST_HEADERS} headers.`;
  const isTooLong = headers.flat().join('').length > MOST_CHARACTERS;
  return isTooLong ? `it holds more than ${MOST_CHARACTERS} characters.` : undefined;
}

function isEndpointHeader(name: string): boolean {
  const key = name.toLowerCase();
  return ENDPOINT_HEADERS.includes(key) || key.startsWith('proxy-');
}

const refuse = (why: string): HookError =>
  new HookError('HOOK_MESSAGE_UNREADABLE', `msg.target.headers cannot be sent: ${why}`);
