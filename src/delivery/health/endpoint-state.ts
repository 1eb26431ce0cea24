import type { DisabledReason, LogEventDetail } from '../log-events/log-event.ts';

/** A circuit that is open, as it is kept. */
export interface OpenCircuit {
  /** Epoch ms. */
  readonly openSince: number;
  /** When the endpoint is tried again, epoch ms. */
  readonly probeAt: number;
  /** Probes that failed since it opened. */
  readonly failedProbes: number;
}

/** A test fire that succeeded. */
export interface TestMark {
  readonly at: number;
  readonly mark: string;
}

/** What an endpoint is at run time, as opposed to its settings. Another URL begins anew. */
export interface EndpointState {
  /** Keys the marks below, so that they tell nothing of what they are made of. */
  readonly salt: string;
  /** Of the URL. */
  readonly urlMark: string;
  readonly disabled?: { readonly since: number; readonly reason: DisabledReason } | undefined;
  readonly circuit?: OpenCircuit | undefined;
  /**
   * Test fires that succeeded: when, and with which URL and credentials. Two at most, what is in the flows and what was tested last: one
   * that is still being edited must not make the other one untested.
   */
  readonly tested?: readonly TestMark[] | undefined;
}

/** The state if there is anything to keep of it. */
export const worthKeeping = (state: EndpointState | undefined): EndpointState | undefined =>
  state?.disabled || state?.circuit || state?.tested ? state : undefined;

/** What there is to tell when an endpoint is disabled no more and its circuit closes. */
export function eventsOfClearing(
  state: Pick<EndpointState, 'disabled' | 'circuit'> | undefined,
  reason: 'by-hand' | 'changed',
): LogEventDetail[] {
  return [
    ...(state?.disabled ? [{ kind: 'endpoint-disabled', isDisabled: false, reason } as const] : []),
    ...(state?.circuit ? [{ kind: 'circuit', state: 'closed' } as const] : []),
  ];
}
