import { randomBytes, randomUUID } from 'node:crypto';

/** A new id for an event, a delivery or a request: a random UUID (RFC 9562, version 4). */
export const newId = (): string => randomUUID();

/** A new webhook id: `msg_` and 24 characters that fit a header, a URL and a file name, never with a dot. */
export const newWebhookId = (): string => `msg_${randomBytes(18).toString('base64url')}`;
