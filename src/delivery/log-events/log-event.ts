import type { Delivery } from '../delivery.ts';

/** What people can be told of beside the outcomes of their own deliveries. */
export type LogEventKind = 'failed' | 'endpoint-disabled' | 'circuit';

export const LOG_EVENT_KINDS: readonly LogEventKind[] = ['failed', 'endpoint-disabled', 'circuit'];

/** Why an endpoint was disabled: it answered 410, or a person did it. */
export type DisabledReason = 'gone' | 'by-hand';

/** What happened, by kind. */
export type LogEventDetail =
  | { readonly kind: 'failed'; readonly delivery: Delivery }
  /** `reason` tells why it was disabled; once it is enabled again, by whom: a person, or a change of its URL. */
  | { readonly kind: 'endpoint-disabled'; readonly isDisabled: true; readonly reason: DisabledReason }
  | { readonly kind: 'endpoint-disabled'; readonly isDisabled: false; readonly reason: 'by-hand' | 'changed' }
  | {
      readonly kind: 'circuit';
      readonly state: 'open';
      /** What the failure that opened it said; no secret, no whole URL. */
      readonly message: string;
      /** When the endpoint is tried again, epoch ms. */
      readonly probeAt: number;
    }
  | { readonly kind: 'circuit'; readonly state: 'closed' };

/** Something that happened to an endpoint or to one of its deliveries. */
export interface LogEvent {
  /** Grows with each event. */
  readonly id: number;
  readonly endpointId: string;
  /** The endpoint's name at that time. */
  readonly endpointName: string;
  /** Epoch ms. */
  readonly at: number;
  readonly detail: LogEventDetail;
}

/** An event that is to be written. */
export type NewLogEvent = Omit<LogEvent, 'id'>;
