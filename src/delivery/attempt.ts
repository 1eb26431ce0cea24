import type { AttemptOutcome, Delivery, Sending } from './delivery.ts';
import type { AttemptRecord, DeliveryEvent, MaskedRequest } from './delivery-store.ts';
import type { Endpoint, EndpointAuth } from './endpoint.ts';
import { MASK, maskHeader } from './header.ts';
import type { TransportRequest, TransportResult } from './transport.ts';

type Header = readonly [name: string, value: string];

/** A request as it goes out, and as it may be shown. */
export interface FormedRequest {
  readonly request: TransportRequest;
  readonly masked: MaskedRequest;
}

const hasBody = ({ method }: Endpoint): boolean => method !== 'GET' && method !== 'DELETE';

/** Makes the request of an attempt from the endpoint as it is now and the event as it was accepted. */
export function formRequest(endpoint: Endpoint, event: DeliveryEvent): FormedRequest {
  const { url, method, timeoutMs } = endpoint;
  const own = new Set(endpoint.headers.map(([name]) => name.toLowerCase()));
  const standard: Header[] = [
    ['Content-Type', event.contentType],
    ['User-Agent', 'survey-hooks'],
  ];
  const open: Header[] = [
    ...standard.filter(
      ([name]) => !own.has(name.toLowerCase()) && (hasBody(endpoint) || name !== 'Content-Type'),
    ),
    ['webhook-id', event.webhookId],
    ...endpoint.headers,
  ];
  const secret = authHeader(endpoint.auth);
  return {
    request: {
      url,
      method,
      timeoutMs,
      headers: secret ? [...open, secret] : open,
      ...(hasBody(endpoint) && { body: event.body }),
    },
    masked: {
      method,
      url: shownUrl(endpoint),
      headers: [
        ...open.map(([name, value]): Header => [
          name,
          name === 'webhook-id' ? value : maskHeader(name, value),
        ]),
        ...(secret ? [[secret[0], MASK] as const] : []),
      ],
    },
  };
}

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

/** An endpoint's URL as it may be shown: no path where that is the secret, no query values. */
export function shownUrl({ url, isUrlSecret }: Pick<Endpoint, 'url' | 'isUrlSecret'>): string {
  if (isUrlSecret) return `${url.origin}/${MASK}`;
  const names = [...new Set(url.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=${MASK}`);
  return `${url.origin}${url.pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`;
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

function maskResponseHeaders(
  headers: Readonly<Record<string, string | string[]>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (name === 'location') return [name, MASK];
      return [
        name,
        Array.isArray(value) ? value.map((one) => maskHeader(name, one)) : maskHeader(name, value),
      ];
    }),
  );
}
