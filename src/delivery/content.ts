import { types } from 'node:util';
import type { EventContent } from './acceptance.ts';
import type { EndpointContentType } from './endpoint/endpoint.ts';

const MEDIA_TYPES: Readonly<Record<EndpointContentType, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
};

/**
 * The bytes that are sent for a payload. A Buffer and a text are sent as they are; anything else as JSON, or as the fields of a
 * form. Throws a TypeError, in words for people, where the payload cannot be written so.
 */
export function encodeContent(payload: unknown, contentType: EndpointContentType): EventContent {
  // Not `instanceof`, which knows none that a function node makes: it has globals of its own.
  // A Buffer is copied: it goes on through the flow, where a function may write into it.
  const body = types.isUint8Array(payload)
    ? Buffer.from(payload)
    : Buffer.from(encodeText(payload, contentType), 'utf8');
  return { contentType: MEDIA_TYPES[contentType], body };
}

function encodeText(payload: unknown, contentType: EndpointContentType): string {
  if (typeof payload === 'string') return payload;
  if (payload === undefined) throw new TypeError('The message has no payload to send.');
  return contentType === 'json' ? encodeJson(payload) : encodeForm(payload);
}

function encodeJson(payload: unknown): string {
  // The declared type forgets that a function or a symbol has no JSON.
  const json = JSON.stringify(payload) as string | undefined;
  if (json === undefined) throw new TypeError('The payload cannot be written as JSON.');
  return json;
}

/** Nested values are written as JSON; what is null or undefined is left out. */
function encodeForm(payload: unknown): string {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw new TypeError('A form is made from an object, and the payload is none.');
  const fields = Object.entries(payload as Record<string, unknown>).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : encodeJson(value)]),
  ).toString();
}
