/**
 * A delivery is one event for one endpoint. Here are its states and the moves between them, as pure functions.
 *
 * | state | means | people see |
 * |---|---|---|
 * | `scheduled` | an attempt is due at `nextAttemptAt` | In Progress |
 * | `waiting` | held: the endpoint is off, untested or its circuit is open | In Progress |
 * | `sending` | attempt `number` is counted and under way; `from` is the state it left | as `from`; In Progress if automatic |
 * | `succeeded` | an attempt met the success rule | Succeeded |
 * | `failed` | given up, with a reason | Failed |
 *
 * An automatic attempt of one that is `waiting` is a probe: it finds out whether an endpoint whose circuit is open takes deliveries
 * again, and spends nothing if it does not.
 */

import { HookError } from '../errors.ts';
import type { CaptureTarget } from '../external-data/external-data.ts';

/** Why a delivery was given up. */
export type FailureReason =
  | 'attempts-used-up'
  | 'permanent'
  | 'interrupted'
  | 'expired'
  | 'endpoint-removed'
  | 'endpoint-invalid'
  | 'endpoint-over-limit';

/** Why a delivery is held. */
export type WaitingReason = 'endpoint-off' | 'endpoint-untested' | 'circuit-open';

export interface Scheduled {
  readonly kind: 'scheduled';
  /** When the next automatic attempt is due, epoch ms. */
  readonly nextAttemptAt: number;
}

export interface Waiting {
  readonly kind: 'waiting';
  readonly reason: WaitingReason;
  readonly waitingSince: number;
}

export interface Succeeded {
  readonly kind: 'succeeded';
  readonly finishedAt: number;
}

export interface Failed {
  readonly kind: 'failed';
  readonly finishedAt: number;
  readonly reason: FailureReason;
  /** In words, for the log; no secret, no whole URL. */
  readonly message: string;
}

/** A state in which no attempt is under way. */
export type Resting = Scheduled | Waiting | Succeeded | Failed;

export interface Sending {
  readonly kind: 'sending';
  /** The attempt under way, counted from 1 over automatic, manual and interrupted ones. */
  readonly number: number;
  readonly startedAt: number;
  /** A person asked for it (resend). */
  readonly manual: boolean;
  readonly from: Resting;
}

export type DeliveryState = Resting | Sending;

export interface Delivery<State extends DeliveryState = DeliveryState> {
  readonly id: string;
  readonly eventId: string;
  /** The id the receiver sees, the same for all deliveries of a message, all attempts and resends. */
  readonly webhookId: string;
  readonly endpointId: string;
  /** The endpoint's name when the event was accepted. */
  readonly endpointName: string;
  /** The out node that is told the outcome. */
  readonly nodeId: string;
  readonly listeningPost: string;
  /** It descends from an event of the webhook log, so what becomes of it causes no such event: an alert cannot feed itself. */
  readonly fromLogEvent: boolean;
  /** Where values of the response go; undefined = nowhere. */
  readonly capture: CaptureTarget | undefined;
  readonly createdAt: number;
  readonly lastActivityAt: number;
  /** All attempts made or under way. */
  readonly attempts: number;
  /** Failed attempts that the retry policy counts: not manual, not interrupted. */
  readonly charged: number;
  /** Attempts whose outcome was never recorded. */
  readonly interrupted: number;
  /** Resends asked for and not yet begun. */
  readonly resends: number;
  readonly lastResponseCode: number | undefined;
  /** First 100 characters of the last response, or of the last error. */
  readonly lastResponse: string;
  readonly state: State;
}

/** What people see. */
export type DeliveryStatus = 'In Progress' | 'Succeeded' | 'Failed';

/** How often an attempt may be found without an outcome before the delivery is given up: neither a crash loop nor a poison event runs for ever. */
export const INTERRUPTED_LIMIT = 5;

/** The longest response that the log's list shows (CIOPulse's Webhook Log: the first 100 characters). */
export const LAST_RESPONSE_CHARACTERS = 100;

/** What an attempt came to. */
export type AttemptOutcome =
  | { readonly kind: 'succeeded'; readonly statusCode: number; readonly response: string }
  | {
      readonly kind: 'failed';
      /** Absent where no response came. */
      readonly statusCode?: number;
      readonly response: string;
      /** False where another attempt could not end differently. */
      readonly retryable: boolean;
      readonly message: string;
    };

/** When the next attempt is due after the given number of charged failures, in ms from the end of the failed one; undefined = give up. */
export type RetryDelay = (charged: number) => number | undefined;

export function statusOf({ state }: Delivery): DeliveryStatus {
  const resting = state.kind === 'sending' ? state.from : state;
  if (resting.kind === 'succeeded') return 'Succeeded';
  return resting.kind === 'failed' ? 'Failed' : 'In Progress';
}

const isResting = (delivery: Delivery): delivery is Delivery<Resting> => delivery.state.kind !== 'sending';

/** Begins an attempt: a resend if one was asked for, else the automatic one, which for what waits is a probe. */
export function begin(delivery: Delivery<Resting>, now: number): Delivery<Sending> {
  const manual = delivery.resends > 0;
  if (!manual && delivery.state.kind !== 'scheduled' && delivery.state.kind !== 'waiting')
    throw new HookError('HOOK_INVARIANT', `A ${delivery.state.kind} delivery has no automatic attempt.`);
  const number = delivery.attempts + 1;
  return {
    ...delivery,
    attempts: number,
    resends: manual ? delivery.resends - 1 : 0,
    lastActivityAt: now,
    state: { kind: 'sending', number, startedAt: now, manual, from: delivery.state },
  };
}

/** How the end of an attempt is judged. */
export interface FinishRules {
  readonly now: number;
  readonly retryDelay: RetryDelay;
  /** The endpoint takes nothing now for a reason that lies with it: a failure that may pass is not charged, and the delivery waits. */
  readonly held?: WaitingReason | undefined;
}

/** Ends an attempt. A manual one never uses up the policy and never schedules: its failure leaves the delivery as it was. */
export function finish(
  delivery: Delivery<Sending>,
  outcome: AttemptOutcome,
  { now, retryDelay, held }: FinishRules,
): Delivery<Resting> {
  const { manual, from } = delivery.state;
  const ended = {
    ...delivery,
    lastActivityAt: now,
    lastResponseCode: outcome.statusCode,
    lastResponse: firstCharacters(outcome.response, LAST_RESPONSE_CHARACTERS),
  };
  if (outcome.kind === 'succeeded') {
    const finishedAt = from.kind === 'succeeded' ? from.finishedAt : now;
    return { ...ended, state: { kind: 'succeeded', finishedAt } };
  }
  if (manual) return { ...ended, state: from };
  if (held && outcome.retryable) return { ...ended, state: waitingState(from, held, now) };
  const charged = delivery.charged + 1;
  if (!outcome.retryable) return { ...ended, charged, state: failed('permanent', outcome.message, now) };
  const delay = retryDelay(charged);
  if (delay === undefined)
    return { ...ended, charged, state: failed('attempts-used-up', outcome.message, now) };
  return { ...ended, charged, state: { kind: 'scheduled', nextAttemptAt: now + delay } };
}

/**
 * Ends an attempt whose outcome nobody knows: the process died, or was stopped, while it was under way. It is made
 * again at once and not charged to the policy, within a limit of its own.
 */
export function interrupt(delivery: Delivery<Sending>, now: number): Delivery<Resting> {
  const { manual, from } = delivery.state;
  const interrupted = delivery.interrupted + 1;
  const ended = { ...delivery, interrupted, lastActivityAt: now };
  const isGivenUp = interrupted > INTERRUPTED_LIMIT;
  if (manual) return { ...ended, resends: delivery.resends + (isGivenUp ? 0 : 1), state: from };
  if (!isGivenUp)
    return { ...ended, state: from.kind === 'waiting' ? from : { kind: 'scheduled', nextAttemptAt: now } };
  return {
    ...ended,
    state: failed('interrupted', `${interrupted} attempts ended with Node-RED and have no outcome.`, now),
  };
}

/** Gives up a delivery that is still open; a closed one stays as it is. */
export function giveUp(
  delivery: Delivery<Resting>,
  { reason, message, now }: { reason: FailureReason; message: string; now: number },
): Delivery<Resting> {
  if (delivery.state.kind === 'succeeded' || delivery.state.kind === 'failed') return delivery;
  return { ...delivery, lastActivityAt: now, state: failed(reason, message, now) };
}

/** Holds what was due. */
export function hold(delivery: Delivery<Scheduled>, reason: WaitingReason, now: number): Delivery<Waiting> {
  return { ...delivery, state: waitingState(delivery.state, reason, now) };
}

/** What waited already goes on doing so since then, so that it expires in the end. */
const waitingState = (from: Resting, reason: WaitingReason, now: number): Waiting => ({
  kind: 'waiting',
  reason,
  waitingSince: from.kind === 'waiting' ? from.waitingSince : now,
});

/** Lets go of what was held: it is due at once. */
export function release(delivery: Delivery<Waiting>, now: number): Delivery<Scheduled> {
  return { ...delivery, state: { kind: 'scheduled', nextAttemptAt: now } };
}

/** Notes that a person wants another attempt, whatever the state: it is made at once, or after the one under way. */
export function askResend(delivery: Delivery): Delivery {
  return { ...delivery, resends: delivery.resends + 1 };
}

/** Whether an attempt could begin now. */
export function isDue(delivery: Delivery, now: number): delivery is Delivery<Resting> {
  if (!isResting(delivery)) return false;
  if (delivery.resends > 0) return true;
  return delivery.state.kind === 'scheduled' && delivery.state.nextAttemptAt <= now;
}

function failed(reason: FailureReason, message: string, finishedAt: number): Failed {
  return { kind: 'failed', finishedAt, reason, message };
}

/** The first characters of a text without cutting a surrogate pair. */
function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  const isPairCut = /[\uD800-\uDBFF]/.test(text.charAt(count - 1));
  return text.slice(0, isPairCut ? count - 1 : count);
}
