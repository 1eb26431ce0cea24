import { errors } from 'undici';
import type { TransportErrorCode } from '../delivery/transport.ts';

/** Codes of Node.js, OpenSSL and undici that can mean only one thing here. */
const CODES: Readonly<Record<string, TransportErrorCode>> = {
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  EREFUSED: 'dns',
  ETIMEOUT: 'dns',
  ECONNREFUSED: 'connect',
  EHOSTUNREACH: 'connect',
  ENETUNREACH: 'connect',
  EADDRNOTAVAIL: 'connect',
  ETIMEDOUT: 'connect',
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_INVALID_ARG: 'request',
  UND_ERR_NOT_SUPPORTED: 'request',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'request',
  ERR_INVALID_CHAR: 'request',
  ERR_INVALID_URL: 'request',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_ABORTED: 'aborted',
  UND_ERR_CLOSED: 'aborted',
  UND_ERR_DESTROYED: 'aborted',
  // undici asserts what it believes of an answer: no status below 100, no 101 without an upgrade.
  ERR_ASSERTION: 'protocol',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
};

const FAMILIES: readonly (readonly [prefix: string, code: TransportErrorCode])[] = [
  ['EAI_', 'dns'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
];

/** What a failed request came to, from what Node.js or undici threw. Its message is not shown: it can hold the host or more. */
export function codeOf(error: unknown): TransportErrorCode {
  // Not by its code, which undici leaves empty.
  if (error instanceof errors.HTTPParserError || isUnasked(error)) return 'protocol';
  const code = errorCode(error);
  if (code === undefined) return 'other';
  if (Object.hasOwn(CODES, code)) return CODES[code] ?? 'other';
  return FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'other';
}

/** A 100 or 101 that we never ask for: undici then closes the connection itself, with the code of one that the receiver closed. */
const isUnasked = (error: unknown): boolean =>
  error instanceof errors.SocketError && ['bad response', 'bad upgrade'].includes(error.message);

function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  // A failed "happy eyeballs" connect is an AggregateError that holds the real ones.
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : undefined;
}
