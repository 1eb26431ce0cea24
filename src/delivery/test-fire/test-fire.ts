import { HookError } from '../../errors.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { isExternalTag } from '../../template/external-tag.ts';
import type { EventContent } from '../acceptance.ts';
import { formRequest, type FormedRequest } from '../attempt.ts';
import { classify } from '../classify.ts';
import type { DeliveryEvent } from '../delivery-store.ts';
import { messageTags } from '../endpoint/endpoint-tags.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Header } from '../header.ts';
import { keepValues, tagKey } from '../kept-values.ts';
import { describeTransportError, type Transport, type TransportResult } from '../transport.ts';
import { maskEcho } from '../echo/mask-echo.ts';
import { requestSecrets } from '../echo/request-secrets.ts';

/** What a test fire sends. */
export interface TestSample {
  readonly webhookId: string;
  readonly content: EventContent;
  /** For the endpoint's dynamic tags. */
  readonly message: object;
  /** What goes with it beside the endpoint's own headers. */
  readonly headers: readonly Header[];
}

/** What came of a test fire. */
export interface TestFireResult {
  readonly ok: boolean;
  /** Undefined where no complete answer came. */
  readonly statusCode: number | undefined;
  readonly durationMs: number;
  /** The answer's body as text, at most 64 KB, with what is secret of the request masked. */
  readonly body: string;
  /** In words for people, with neither URL nor secret; empty where it is ok. */
  readonly error: string;
}

export interface TestFireParts {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Breaks it off. */
  readonly signal: AbortSignal;
}

/** Tells receivers that nothing has happened. */
export const TEST_HEADER: Header = ['X-Survey-Hooks-Test', 'true'];

/**
 * Sends a sample to an endpoint as an attempt of a delivery would go out, marked as a test, once. It is in no log and counts nowhere:
 * neither pace nor circuit knows of it.
 */
export async function fireTest(
  endpoint: Endpoint,
  sample: TestSample,
  { transport, clock, signal }: TestFireParts,
): Promise<TestFireResult> {
  const begun = clock.monotonic();
  const formed = form(endpoint, sample, clock.now());
  const result = 'request' in formed ? await transport.send(formed.request, signal) : formed;
  const durationMs = Math.round(clock.monotonic() - begun);
  const outcome = classify(result, endpoint);
  const open = sample.headers.map(([, value]) => value).concat(TEST_HEADER[1]);
  const secrets = 'request' in formed ? requestSecrets(formed, endpoint, open) : [];
  const isResponse = result.kind === 'response';
  return {
    ok: outcome.kind === 'succeeded',
    statusCode: isResponse ? result.statusCode : undefined,
    durationMs,
    body: isResponse ? maskEcho(result.body.toString('utf8'), { secrets, isCut: result.isBodyCut }) : '',
    error: outcome.kind === 'failed' ? maskEcho(outcome.message, { secrets, isCut: false }) : '',
  };
}

/** What comes of settings and a sample that make no request is the test's result too. */
function form(
  endpoint: Endpoint,
  sample: TestSample,
  now: number,
): FormedRequest | Extract<TransportResult, { kind: 'error' }> {
  try {
    return formRequest(endpoint, { delivery: { id: newId() }, event: eventOf(endpoint, sample, now) }, now);
  } catch (error) {
    // Of another error nobody knows what its message holds.
    const message = error instanceof HookError ? error.message : describeTransportError('request');
    return { kind: 'error', code: 'request', message };
  }
}

/** What tags of external data stand for, as nothing is kept of the sample's ticket, which is called the same. */
const NOT_KEPT = '0';

function eventOf(
  endpoint: Endpoint,
  { webhookId, content, message, headers }: TestSample,
  now: number,
): DeliveryEvent {
  const tags = messageTags(endpoint);
  const external = new Map(tags.filter(isExternalTag).map((tag) => [tagKey(tag), NOT_KEPT]));
  const values = keepValues(message, tags, external);
  return { id: newId(), webhookId, ...content, values, headers: [...headers, TEST_HEADER], createdAt: now };
}
