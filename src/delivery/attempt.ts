import { HookError } from '../errors.ts';
import { MASK } from '../platform/masking.ts';
import type { AttemptOutcome, Delivery, Sending } from './delivery.ts';
import type { AttemptRecord, DeliveryEvent, MaskedRequest } from './delivery-store.ts';
import { authHeaderName } from './endpoint/endpoint-auth.ts';
import { fillHeaders, namesWithEnv } from './endpoint/endpoint-headers.ts';
import type { FilledUrl } from './endpoint/endpoint-url.ts';
import type { Endpoint, EndpointAuth } from './endpoint/endpoint.ts';
import { EventTags } from './event-tags.ts';
import { maskRequestHeader, maskResponseHeader, type Header } from './header.ts';
import { fillDeliveryId } from './message-headers.ts';
import { signRequest } from './request-signature.ts';
import type { TransportRequest, TransportResult } from './transport.ts';

/** What is sent: the event, and the delivery that it is sent as. */
export interface Sent {
  readonly delivery: Pick<Delivery, 'id'>;
  readonly event: DeliveryEvent;
}

/** A request as it goes out, and as it may be shown. */
export interface FormedRequest {
  readonly request: TransportRequest;
  readonly masked: MaskedRequest;
}

/** An endpoint whose headers are filled in. */
type FilledEndpoint = Omit<Endpoint, 'headers'> & { readonly headers: readonly Header[] };

const hasBody = ({ method }: Pick<Endpoint, 'method'>): boolean => method !== 'GET' && method !== 'DELETE';

/**
 * Makes the request of an attempt from the endpoint as it is now and the event as it was accepted; `now` (epoch ms) is the time of
 * its signature. Answers are asked for without compression: what comes back is kept as it is, for people to read. Throws
 * HOOK_MESSAGE_INCOMPLETE or HOOK_MESSAGE_UNREADABLE where the values of the tags make no URL or no header, and
 * HOOK_SIGNATURE_IMPOSSIBLE where the scheme cannot sign it.
 */
export function formRequest(endpoint: Endpoint, { delivery, event }: Sent, now: number): FormedRequest {
  const { method, timeoutMs, signer } = endpoint;
  const tags = new EventTags({ delivery, event, readEnv: endpoint.readEnv });
  const { url, shown } = fillUrl(endpoint, tags);
  const own = fillHeaders(endpoint.headers, tags.text);
  const hidden = namesWithEnv(endpoint.headers);
  const show = ([name, value]: Header): Header => {
    // The delivery's own id is no secret, whatever its header is called; what the environment holds always may be one.
    if (hidden.has(name.toLowerCase())) return [name, MASK];
    return [name, value === delivery.id ? value : maskRequestHeader(name, value)];
  };
  const auth = authHeader(endpoint.auth);
  const open = openHeaders({ ...endpoint, headers: own }, event, delivery.id);
  const unsigned: TransportRequest = {
    url,
    method,
    timeoutMs,
    route: endpoint.route,
    headers: auth ? [...open, auth] : open,
    ...(hasBody(endpoint) && { body: event.body }),
  };
  const signature = signer ? signRequest(signer, unsigned, { id: event.webhookId, now }) : [];
  return {
    request: { ...unsigned, headers: [...unsigned.headers, ...signature] },
    masked: {
      method,
      url: shown,
      headers: [...open.map(show), ...(auth ? [[auth[0], MASK] as const] : []), ...signature.map(show)],
      ...(tags.warnings.length > 0 && { warnings: tags.warnings }),
    },
  };
}

function fillUrl({ url }: Endpoint, tags: EventTags): FilledUrl {
  const filled = url.fill(tags.text);
  if ('reason' in filled) throw new HookError('HOOK_MESSAGE_INCOMPLETE', filled.reason);
  return filled;
}

/**
 * All headers but those of authentication and signature. The event's take the place of ours; what the endpoint sets itself, its
 * authentication or its signature, the place of both.
 */
function openHeaders(endpoint: FilledEndpoint, event: DeliveryEvent, deliveryId: string): Header[] {
  const authName = authHeaderName(endpoint.auth);
  const own = namesOf(endpoint.headers, [
    ...(endpoint.signer?.headerNames ?? []),
    ...(authName ? [authName] : []),
  ]);
  const fromEvent = event.headers
    .filter(([name]) => !own.has(name.toLowerCase()))
    .map(([name, value]): Header => [name, fillDeliveryId(value, deliveryId)]);
  const taken = namesOf(fromEvent, [...own]);
  const standard: Header[] = [
    ...(hasBody(endpoint) ? [['Content-Type', event.contentType] as const] : []),
    ['User-Agent', 'survey-hooks'],
    ['Accept-Encoding', 'identity'],
    ['webhook-id', event.webhookId],
  ];
  return [...standard.filter(([name]) => !taken.has(name.toLowerCase())), ...fromEvent, ...endpoint.headers];
}

const namesOf = (headers: readonly Header[], others: readonly string[]): ReadonlySet<string> =>
  new Set([...headers.map(([name]) => name), ...others].map((name) => name.toLowerCase()));

/** RFC 7617 for Basic (UTF-8), RFC 6750 for Bearer. */
function authHeader(auth: EndpointAuth): Header | undefined {
  switch (auth.kind) {
    case 'none':
      return undefined;
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password.reveal()}`, 'utf8');
      return ['Authorization', `Basic ${pair.toString('base64')}`];
    }
    case 'bearer':
      return ['Authorization', `Bearer ${auth.token.reveal()}`];
    case 'header':
      return [auth.name, auth.value.reveal()];
  }
}

/** The attempt's row in the log. */
export function recordAttempt(
  { state }: Delivery<Sending>,
  ended: {
    readonly outcome: AttemptOutcome;
    readonly result: TransportResult | undefined;
    readonly masked: MaskedRequest | undefined;
    readonly durationMs: number;
  },
): AttemptRecord {
  const { outcome, result, masked, durationMs } = ended;
  return {
    number: state.number,
    manual: state.manual,
    outcome: outcome.kind,
    startedAt: state.startedAt,
    durationMs,
    error: outcome.kind === 'failed' ? outcome.message : '',
    request: masked,
    ...recordResponse(result),
  };
}

type ResponseRecord = Pick<
  AttemptRecord,
  'statusCode' | 'responseHeaders' | 'responseBody' | 'isResponseCut'
>;

function recordResponse(result: TransportResult | undefined): ResponseRecord {
  if (result?.kind !== 'response') return NO_RESPONSE;
  const { statusCode, headers, body, isBodyCut } = result;
  return {
    statusCode,
    responseHeaders: maskResponseHeaders(headers),
    responseBody: body,
    isResponseCut: isBodyCut,
  };
}

const NO_RESPONSE: ResponseRecord = {
  statusCode: undefined,
  responseHeaders: {},
  responseBody: new Uint8Array(),
  isResponseCut: false,
};

/** The row of an attempt that ended with the process: all that is known is when it began. */
export function recordInterrupted({ state }: Delivery<Sending>): AttemptRecord {
  return {
    number: state.number,
    manual: state.manual,
    outcome: 'interrupted',
    startedAt: state.startedAt,
    durationMs: undefined,
    error: 'Node-RED stopped before an answer was recorded; the receiver may have got it.',
    request: undefined,
    ...NO_RESPONSE,
  };
}

/** Headers of an answer that hold a URL: its path or its query may be a secret. */
const URL_HEADERS: readonly string[] = ['content-location', 'link', 'location', 'refresh'];

function maskResponseHeaders(
  headers: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (URL_HEADERS.includes(name)) return [name, MASK];
      return [
        name,
        Array.isArray(value)
          ? value.map((one) => maskResponseHeader(name, one))
          : maskResponseHeader(name, value),
      ];
    }),
  );
}
