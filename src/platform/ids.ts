import { randomBytes, randomUUID } from 'node:crypto';

/** A new id for an event, a delivery or a request: a random UUID (RFC 9562, version 4). */
export const newId = (): string => randomUUID();

/** A new webhook id: `msg_` and 24 characters that fit a header, a URL and a file name, never with a dot. */
export const newWebhookId = (): string => `msg_${randomBytes(18).toString('base64url')}`;

/** Whether a text can be the id of a webhook: it is sent as a header, so 1 to 255 visible ASCII characters. */
export const isWebhookId = (text: string): boolean => /^[\x21-\x7e]{1,255}$/.test(text);

/** A new key for a sender: `shk_` and 256 random bits as base64url, 43 characters that fit a header. */
export const newKeyText = (): string => `shk_${randomBytes(32).toString('base64url')}`;
