import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { formRequest, recordAttempt, recordInterrupted, type FormedRequest } from './attempt.ts';
import { classify } from './classify.ts';
import { finish, hold, interrupt, type AttemptOutcome, type Delivery, type Sending } from './delivery.ts';
import type { Claimed, Settlement } from './delivery-store.ts';
import type { Endpoint } from './endpoint.ts';
import { retryDelay } from './retry-policy.ts';
import { describeTransportError, type Transport, type TransportResult } from './transport.ts';

export interface AttemptParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** Breaks the attempt off; it then ends as interrupted. */
  readonly signal: AbortSignal;
}

/** Makes the attempt, and answers what is to be written down of it. */
export async function makeAttempt(
  { delivery, event }: Claimed,
  endpoint: Endpoint,
  { transport, clock, random, signal }: AttemptParts,
): Promise<Settlement> {
  const begun = clock.monotonic();
  const formed = formSafely(endpoint, event);
  const result: TransportResult = formed
    ? await transport.send(formed.request, signal)
    : { kind: 'error', code: 'request', message: describeTransportError('request') };
  const now = clock.now();
  if (result.kind === 'error' && result.code === 'aborted') return settleInterrupted(delivery, now);
  const outcome = classify(result, endpoint);
  const next = finish(delivery, outcome, {
    now,
    retryDelay: (charged) => retryDelay(endpoint.retry, charged, random),
  });
  const durationMs = Math.round(clock.monotonic() - begun);
  const attempt = recordAttempt(delivery, { outcome, result, masked: formed?.masked, durationMs });
  return { delivery: next, attempt, report: isReported(delivery, next, outcome) };
}

/** The end of an attempt whose outcome nobody knows. */
export function settleInterrupted(delivery: Delivery<Sending>, now: number): Settlement {
  const next = interrupt(delivery, now);
  const isResendDropped = next.resends === delivery.resends;
  const report = delivery.state.manual ? isResendDropped : next.state.kind === 'failed';
  return { delivery: next, attempt: recordInterrupted(delivery), report };
}

/** The same, with the next attempt held: the endpoint was turned off meanwhile. */
export function holdNext(settlement: Settlement, now: number): Settlement {
  const { state } = settlement.delivery;
  if (state.kind !== 'scheduled') return settlement;
  return { ...settlement, delivery: hold({ ...settlement.delivery, state }, 'endpoint-off', now) };
}

/** Undefined where the settings and the event make no request; that never passes by itself. */
function formSafely(endpoint: Endpoint, event: Claimed['event']): FormedRequest | undefined {
  try {
    return formRequest(endpoint, event);
  } catch {
    return undefined;
  }
}

/** The out node hears of what has ended, and of every attempt that a person asked for. */
function isReported(before: Delivery<Sending>, next: Delivery, outcome: AttemptOutcome): boolean {
  return before.state.manual || outcome.kind === 'succeeded' || next.state.kind === 'failed';
}
