import { isSecretName, MASK } from '../platform/masking.ts';

import { isHttpHeader } from '../platform/http-header.ts';
import type { Template } from '../template/dynamic-tags.ts';

/** Whether a person may not set this header on an endpoint: HTTP or the delivery does. */
export const isForbiddenHeader = (name: string): boolean =>
  isHttpHeader(name) || name.toLowerCase() === 'webhook-id';

/** A header's name and value, as they are sent. */
export type Header = readonly [name: string, value: string];

/** A header of an endpoint's own: its value may hold dynamic tags. */
export type HeaderTemplate = readonly [name: string, value: Template];

/** Headers of a request whose values tell nothing about who sends; of a signature's, those with its time and its id. */
const OPEN_REQUEST_HEADERS: readonly string[] = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'date',
  'svix-id',
  'svix-timestamp',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'x-hubspot-request-timestamp',
  'x-slack-request-timestamp',
  'x-zendesk-webhook-signature-timestamp',
];

/**
 * A request header's value as it may be shown and stored. Any other than the few that hold no secret is masked: a value can come
 * from the environment, and its header's name need not say what it is.
 */
export const maskRequestHeader = (name: string, value: string): string =>
  OPEN_REQUEST_HEADERS.includes(name.toLowerCase()) ? value : MASK;

/** A response header's value as it may be shown and stored: masked where the name says that it is a secret. */
export const maskResponseHeader = (name: string, value: string): string =>
  isSecretName(name) ? MASK : value;
