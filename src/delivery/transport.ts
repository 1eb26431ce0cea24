import type { Route } from './endpoint/route.ts';

/** One HTTP request, complete: what is not here is not sent, but for what HTTP itself needs (Host, Content-Length). */
export interface TransportRequest {
  readonly url: URL;
  readonly method: string;
  /** Names and values in the order they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent for GET and DELETE. */
  readonly body?: Uint8Array;
  /** From the first byte of the connection to the last byte of the response, ms. */
  readonly timeoutMs: number;
  readonly route: Route;
}

/**
 * Why no complete response came. `request` = it could not be formed and would fail again; `address` = its route's rules refuse where
 * it leads; `proxy` = the route's proxy is not reached or lets it not through.
 */
export type TransportErrorCode =
  | 'timeout'
  | 'dns'
  | 'connect'
  | 'reset'
  | 'tls'
  | 'protocol'
  | 'request'
  | 'address'
  | 'proxy'
  | 'aborted'
  | 'other';

export type TransportResult =
  | {
      readonly kind: 'response';
      readonly statusCode: number;
      readonly headers: Readonly<Record<string, string | string[]>>;
      /** At most `RESPONSE_BODY_BYTES`; the rest is not read. */
      readonly body: Buffer;
      readonly isBodyCut: boolean;
    }
  | {
      readonly kind: 'error';
      readonly code: TransportErrorCode;
      /** In words for people, with neither URL nor credentials. */
      readonly message: string;
    };

/** How much of a response is read and kept. */
export const RESPONSE_BODY_BYTES = 64 * 1024;

/**
 * Sends HTTP requests. Promises: the result is a value, never a rejection, whatever the receiver does; redirects are
 * not followed; `timeoutMs` is a total; an abort ends it with `aborted`. Without a proxy, the address that is connected to is one
 * that the route's rules let through; a connection made on one route serves no other.
 */
export interface Transport {
  send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult>;
  /** Ends what is under way and lets go of all connections. */
  close(): Promise<void>;
}

const ERROR_WORDS: Readonly<Record<TransportErrorCode, string>> = {
  timeout: 'The receiver did not answer completely in the time allowed.',
  dns: 'The host name of the endpoint was not found.',
  connect: 'No connection to the receiver could be made.',
  reset: 'The receiver closed the connection before it had answered.',
  tls: 'The receiver has no certificate that can be trusted, does not trust ours, or speaks no TLS that is understood.',
  protocol:
    'The receiver answered something that is not HTTP/1.1, or an interim answer that nobody asked for.',
  request: 'The request cannot be sent as it is: look at the URL and the headers of the endpoint.',
  address: 'The endpoint leads to an address to which it may not send.',
  proxy: 'The proxy cannot be reached, or let nothing through to the receiver.',
  aborted: 'The attempt was broken off.',
  other: 'The request failed.',
};

/** What an error code means, in words for people. */
export const describeTransportError = (code: TransportErrorCode): string => ERROR_WORDS[code];
