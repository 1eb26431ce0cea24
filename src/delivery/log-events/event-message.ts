import type { Delivery } from '../delivery.ts';
import type { LogEvent, LogEventDetail, LogEventKind } from './log-event.ts';

/** What a node sends of an event. Times are ISO 8601 UTC; null stands for what there is not. */
export type LogEventMessage = {
  readonly topic: LogEventKind;
  readonly payload: LogEventPayload;
  /** The mark of what descends from an event, see `descendsFromLogEvent`. */
  readonly logEvent: { readonly id: number; readonly event: LogEventKind };
};

export type LogEventPayload = {
  readonly event: LogEventKind;
  readonly at: string;
  /** The endpoint's id, and its name at that time. */
  readonly endpoint: string;
  readonly endpointName: string;
} & (
  | { readonly event: 'failed'; readonly delivery: FailedDelivery }
  | { readonly event: 'endpoint-disabled'; readonly disabled: boolean; readonly reason: string }
  | {
      readonly event: 'circuit';
      readonly state: 'open' | 'closed';
      /** In words; empty where it closed. */
      readonly error: string;
      readonly nextProbeAt: string | null;
    }
);

/** A delivery that was given up. */
export interface FailedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly listeningPost: string;
  readonly attempts: number;
  readonly statusCode: number | null;
  /** In words. */
  readonly error: string;
  readonly createdAt: string;
  readonly finishedAt: string;
}

/** An event as a message. */
export function eventMessage(event: LogEvent): LogEventMessage {
  const { kind } = event.detail;
  const head = { at: iso(event.at), endpoint: event.endpointId, endpointName: event.endpointName };
  return {
    topic: kind,
    payload: { ...head, ...tellDetail(event.detail) },
    logEvent: { id: event.id, event: kind },
  };
}

function tellDetail(detail: LogEventDetail) {
  switch (detail.kind) {
    case 'failed':
      return { event: detail.kind, delivery: tellDelivery(detail.delivery) } as const;
    case 'endpoint-disabled':
      return { event: detail.kind, disabled: detail.isDisabled, reason: detail.reason } as const;
    case 'circuit':
      return {
        event: detail.kind,
        state: detail.state,
        error: detail.state === 'open' ? detail.message : '',
        nextProbeAt: detail.state === 'open' ? iso(detail.probeAt) : null,
      } as const;
  }
}

function tellDelivery(delivery: Delivery): FailedDelivery {
  const { id, webhookId, listeningPost, attempts, lastResponseCode, createdAt, state } = delivery;
  const hasFailed = state.kind === 'failed';
  return {
    id,
    webhookId,
    listeningPost,
    attempts,
    statusCode: lastResponseCode ?? null,
    error: hasFailed ? state.message : '',
    createdAt: iso(createdAt),
    finishedAt: iso(hasFailed ? state.finishedAt : delivery.lastActivityAt),
  };
}

const iso = (at: number): string => new Date(at).toISOString();
