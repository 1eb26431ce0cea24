import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A new id for an event, a delivery or a request: a random UUID (RFC 9562, version 4). */
export const newId = (): string => randomUUID();

/** The same id whenever it is made of the same parts: a UUID of their SHA-256 (RFC 9562, version 8). */
export function derivedId(parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A new webhook id: `msg_` and 24 characters that fit a header, a URL and a file name, never with a dot. */
export const newWebhookId = (): string => `msg_${randomBytes(18).toString('base64url')}`;

/** A new webhook id for a test: `test_` and 24 characters as those of `newWebhookId`. */
export const newTestWebhookId = (): string => `test_${randomBytes(18).toString('base64url')}`;

/** Whether a text can be the id of a webhook: it is sent as a header, so 1 to 255 visible ASCII characters. */
export const isWebhookId = (text: string): boolean => /^[\x21-\x7e]{1,255}$/.test(text);

/** A new key for a sender: `shk_` and 256 random bits as base64url, 43 characters that fit a header. */
export const newKeyText = (): string => `shk_${randomBytes(32).toString('base64url')}`;

/** A new key for marks (`keyedMark`): 128 random bits as base64url. */
export const newSalt = (): string => randomBytes(16).toString('base64url');
