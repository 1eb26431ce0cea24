/**
 * The circuit of an endpoint: failures in a row open it, what is open is then held and costs nothing, and one delivery at a time finds
 * out whether the endpoint takes deliveries again. Pure.
 *
 * | state | means |
 * |---|---|
 * | closed | attempts are made; `failures` of them in a row have failed, and `slots` may be under way at once |
 * | open | no attempt is made but, from `probeAt` on, one: the probe |
 */

import type { AttemptOutcome } from './delivery.ts';
import type { OpenCircuit } from './health/endpoint-state.ts';
import { LONGEST_RETRY_AFTER_MS } from './retry-policy.ts';

export interface ClosedCircuit {
  readonly kind: 'closed';
  /** In a row, of those that speak of the endpoint. */
  readonly failures: number;
  /** Until when the answers among those failures asked to be left alone, epoch ms; 0 = they did not ask. */
  readonly askedUntil: number;
  /** Attempts that may be under way at once, as far as the circuit goes: few after it has closed; Infinity = any number. */
  readonly slots: number;
}

export type Circuit = ClosedCircuit | ({ readonly kind: 'open' } & OpenCircuit);

/** A circuit that has nothing to remember. */
export const CLOSED: ClosedCircuit = { kind: 'closed', failures: 0, askedUntil: 0, slots: Infinity };

/** How many failures in a row open it: as many as CIOPulse's policy has attempts, and the last of them is not charged. */
export const FAILURES_THAT_OPEN = 5;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** From one probe to the next; the last one for all that follow. */
const PROBE_DELAYS_MS: readonly number[] = [30 * SECOND, ...[1, 2, 4, 8, 15].map((count) => count * MINUTE)];

/**
 * What an attempt says of its endpoint: it takes deliveries (`success`), it does not (`failure`), it is there but wants nothing of this
 * one (`answered`), or nothing.
 */
export type Verdict = 'success' | 'failure' | 'answered' | 'nothing';

/** Bad request, too large, URL too long, media type, unprocessable (RFC 9110, section 15.5): another event may well be taken. */
const STATUS_CODES_OF_EVENTS: readonly number[] = [400, 413, 414, 415, 422];

/** What an attempt's outcome says of the endpoint. The failure of a resend says nothing: whoever asks for one may know that it will fail. */
export function verdictOf(outcome: AttemptOutcome, { manual }: { manual: boolean }): Verdict {
  if (outcome.kind === 'succeeded') return 'success';
  if (manual) return 'nothing';
  const { statusCode, retryable } = outcome;
  if (statusCode === undefined) return retryable ? 'failure' : 'nothing';
  return retryable && !STATUS_CODES_OF_EVENTS.includes(statusCode) ? 'failure' : 'answered';
}

/** What an attempt has shown, and how. */
export interface Showing {
  readonly verdict: Verdict;
  readonly isProbe: boolean;
  /** Epoch ms, the end of the attempt. */
  readonly now: number;
  /** How long the receiver asks to be left alone, ms; 0 = it does not ask. */
  readonly askedMs: number;
}

/** The circuit after an attempt; the same object where nothing has changed. */
export function afterAttempt(circuit: Circuit, showing: Showing): Circuit {
  return circuit.kind === 'open' ? whileOpen(circuit, showing) : whileClosed(circuit, showing);
}

function whileClosed(circuit: ClosedCircuit, { verdict, now, askedMs }: Showing): Circuit {
  if (verdict === 'success') return isAtRest(circuit) ? circuit : afterSuccess(circuit);
  if (verdict !== 'failure') return circuit;
  const failures = circuit.failures + 1;
  const askedUntil = Math.max(notBeyond(circuit.askedUntil, now), askedMs > 0 ? now + askedMs : 0);
  if (failures < FAILURES_THAT_OPEN) return { ...circuit, failures, askedUntil };
  return {
    kind: 'open',
    openSince: now,
    probeAt: Math.max(now + probeDelay(0), askedUntil),
    failedProbes: 0,
  };
}

const afterSuccess = ({ slots }: ClosedCircuit): ClosedCircuit => ({ ...CLOSED, slots: slots * 2 });

function whileOpen(circuit: Circuit & { kind: 'open' }, showing: Showing): Circuit {
  const { verdict, isProbe, now, askedMs } = showing;
  // The probe has shown that the endpoint takes deliveries; by how many at once it is met grows with each that succeeds.
  if (verdict === 'success' || (verdict === 'answered' && isProbe)) return { ...CLOSED, slots: 1 };
  if (verdict !== 'failure') return circuit;
  const known = probeTime(circuit, now);
  const notBefore = Math.max(known, now + askedMs);
  if (!isProbe) return notBefore === circuit.probeAt ? circuit : { ...circuit, probeAt: notBefore };
  const failedProbes = circuit.failedProbes + 1;
  return { ...circuit, failedProbes, probeAt: Math.max(now + probeDelay(failedProbes), notBefore) };
}

const probeDelay = (failedProbes: number): number =>
  PROBE_DELAYS_MS[Math.min(failedProbes, PROBE_DELAYS_MS.length - 1)] ?? 0;

/** A time that is more than a day off was noted before the clock was set back: it counts as now. */
const notBeyond = (at: number, now: number): number => (at - now > LONGEST_RETRY_AFTER_MS ? now : at);

/** When the endpoint can be tried, epoch ms. */
export const probeTime = ({ probeAt }: OpenCircuit, now: number): number => notBeyond(probeAt, now);

/** Whether it has nothing to remember. */
export const isAtRest = ({ failures, slots }: ClosedCircuit): boolean => failures === 0 && slots === Infinity;

/** A closed circuit that holds an endpoint back no more is as good as one that never opened. */
export const withinLimit = (circuit: ClosedCircuit, concurrency: number): ClosedCircuit =>
  circuit.slots >= concurrency ? { ...circuit, slots: Infinity } : circuit;
