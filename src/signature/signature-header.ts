import { isHeaderName, isHttpHeader } from '../platform/http-header.ts';

/** Headers that say what the body is, or who calls: a signature in their place would take that from the receiver. */
const NEEDED: readonly string[] = ['accept-encoding', 'content-encoding', 'content-type', 'user-agent'];

/** Whether the id that is signed can be in this header. */
export const isIdHeader = (name: string): boolean =>
  isHeaderName(name) && !isHttpHeader(name) && !NEEDED.includes(name.toLowerCase());

/** Whether a signature, or the time that is signed with it, can be in this header: that of the id is kept for ids. */
export const isSignatureHeader = (name: string): boolean =>
  isIdHeader(name) && name.toLowerCase() !== 'webhook-id';
