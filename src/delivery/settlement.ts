import { HookError } from '../errors.ts';
import { captureResponse } from '../external-data/capture.ts';
import type { Captured } from '../external-data/external-data.ts';
import type { GroupDirectory } from '../external-data/group-directory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { maskAnswer } from './echo/answer-mask.ts';
import { formRequest, recordAttempt, recordInterrupted, type FormedRequest } from './attempt.ts';
import { classify } from './classify.ts';
import {
  finish,
  hold,
  interrupt,
  type AttemptOutcome,
  type Delivery,
  type Sending,
  type WaitingReason,
} from './delivery.ts';
import type { AttemptRecord, Claimed, Settlement } from './delivery-store.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { EndpointCircuits } from './health/endpoint-circuits.ts';
import { askedDelay } from './retry-after.ts';
import { retryDelay } from './retry-policy.ts';
import { describeTransportError, type Transport, type TransportResult } from './transport.ts';

export interface AttemptParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly groups: Pick<GroupDirectory, 'find'>;
  /** Breaks the attempt off; it then ends as interrupted. */
  readonly signal: AbortSignal;
  readonly circuits: EndpointCircuits;
}

/** Makes the attempt, and answers what is to be written down of it. */
export async function makeAttempt(
  claimed: Claimed,
  endpoint: Endpoint,
  { transport, clock, random, groups, signal, circuits }: AttemptParts,
): Promise<Settlement> {
  const { delivery } = claimed;
  const begun = clock.monotonic();
  const formed = formSafely(endpoint, claimed, clock.now());
  const result =
    'request' in formed
      ? maskAnswer(await transport.send(formed.request, signal), endpoint, formed.request.url)
      : formed;
  const now = clock.now();
  if (result.kind === 'error' && result.code === 'aborted') {
    const { waiting } = circuits.holdingOf(endpoint.id);
    return holdNext(settleInterrupted(delivery, now), waiting, now);
  }
  const outcome = classify(result, endpoint);
  const askedMs = askedDelay(result, now);
  const { waiting, isFree } = circuits.noteOutcome({ endpoint, delivery, outcome, askedMs });
  const next = finish(delivery, outcome, {
    now,
    retryDelay: (charged) => retryDelay(endpoint.retry, { charged, askedMs, random }),
    held: isFree ? waiting : undefined,
  });
  const masked = 'request' in formed ? formed.masked : undefined;
  const durationMs = Math.round(clock.monotonic() - begun);
  const made = recordAttempt(delivery, { outcome, result, masked, durationMs });
  const captured = capture(delivery, made, groups);
  const attempt = captured ? { ...made, captured } : made;
  const settlement = { delivery: next, attempt, report: isReported(delivery, next, outcome) };
  return holdNext(settlement, waiting, now);
}

/** What the response of an attempt brings; undefined where none is to be kept of it. */
function capture(
  { capture: target }: Delivery,
  attempt: AttemptRecord,
  groups: Pick<GroupDirectory, 'find'>,
): Captured | undefined {
  if (!target || attempt.outcome !== 'succeeded') return undefined;
  return captureResponse(target, groups.find(target.groupId), attempt);
}

/** The end of an attempt whose outcome nobody knows. */
export function settleInterrupted(delivery: Delivery<Sending>, now: number): Settlement {
  const next = interrupt(delivery, now);
  const isResendDropped = next.resends === delivery.resends;
  const report = delivery.state.manual ? isResendDropped : next.state.kind === 'failed';
  return { delivery: next, attempt: recordInterrupted(delivery), report };
}

/** The same, with the next attempt held if there is a reason: the endpoint takes nothing at the moment. */
function holdNext(settlement: Settlement, reason: WaitingReason | undefined, now: number): Settlement {
  const { state } = settlement.delivery;
  if (!reason || state.kind !== 'scheduled') return settlement;
  return { ...settlement, delivery: hold({ ...settlement.delivery, state }, reason, now) };
}

/** What comes of settings and an event that make no request never passes by itself. */
function formSafely(
  endpoint: Endpoint,
  claimed: Claimed,
  now: number,
): FormedRequest | Extract<TransportResult, { kind: 'error' }> {
  try {
    return formRequest(endpoint, claimed, now);
  } catch (error) {
    // Of another error nobody knows what its message holds.
    const message = error instanceof HookError ? error.message : describeTransportError('request');
    return { kind: 'error', code: 'request', message };
  }
}

/** The out node hears of what has ended, and of every attempt that a person asked for. */
function isReported(before: Delivery<Sending>, next: Delivery, outcome: AttemptOutcome): boolean {
  return before.state.manual || outcome.kind === 'succeeded' || next.state.kind === 'failed';
}
