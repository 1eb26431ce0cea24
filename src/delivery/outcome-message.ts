import {
  tellCaptured,
  type ExternalByGroup,
  type ExternalSummary,
} from '../external-data/external-message.ts';
import type { AttemptRecord, Report } from './delivery-store.ts';
import type { Delivery } from './delivery.ts';

/** What an out node sends of an outcome. Times are ISO 8601 UTC. */
export type OutcomeMessage = {
  /** The response, parsed where it is JSON; an empty text where none came. */
  readonly payload: unknown;
  /** What was sent, parsed where it is JSON. */
  readonly event: unknown;
  readonly delivery: {
    readonly id: string;
    readonly webhookId: string;
    readonly endpoint: string;
    readonly endpointName: string;
    readonly status: 'Succeeded' | 'Failed';
    readonly attempts: number;
    readonly statusCode: number | undefined;
    /** In words; empty after a success. */
    readonly error: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    /** A person asked for this attempt. */
    readonly manual: boolean;
    /** It was interrupted at least once, so the receiver may have got it more than once. */
    readonly redelivered: boolean;
  };
  /** Values that were captured from the response, for the tags of nodes that follow. */
  readonly external?: ExternalByGroup;
  readonly externalData?: ExternalSummary;
  /** It descends from an event of the webhook log, and so does what is made of this message. */
  readonly logEvent?: true;
};

/** An outcome as a message, and whether it goes to the output *succeeded*. */
export function outcomeMessage({ delivery, event, attempt, createdAt }: Report): {
  readonly hasSucceeded: boolean;
  readonly message: OutcomeMessage;
} {
  const told = attempt ? tellAttempt(attempt, createdAt) : tellWithoutAttempt(delivery, createdAt);
  const message: OutcomeMessage = {
    payload: parseBody(attempt?.responseBody ?? new Uint8Array()),
    event: parseBody(event.body),
    delivery: {
      id: delivery.id,
      webhookId: delivery.webhookId,
      endpoint: delivery.endpointId,
      endpointName: delivery.endpointName,
      redelivered: delivery.interrupted > 0,
      ...told,
    },
    ...(attempt?.captured && tellCaptured(attempt.captured)),
    ...(delivery.fromLogEvent && { logEvent: true }),
  };
  return { hasSucceeded: told.status === 'Succeeded', message };
}

type Told = Omit<
  OutcomeMessage['delivery'],
  'id' | 'webhookId' | 'endpoint' | 'endpointName' | 'redelivered'
>;

function tellAttempt(attempt: AttemptRecord, createdAt: number): Told {
  const { number, startedAt, durationMs, statusCode, error, manual, outcome } = attempt;
  return {
    status: outcome === 'succeeded' ? 'Succeeded' : 'Failed',
    attempts: number,
    statusCode,
    error,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(durationMs === undefined ? createdAt : startedAt + durationMs).toISOString(),
    manual,
  };
}

/** It was given up without an attempt that would say why. */
function tellWithoutAttempt({ state, createdAt, attempts }: Delivery, reportedAt: number): Told {
  return {
    status: 'Failed',
    attempts,
    statusCode: undefined,
    error: state.kind === 'failed' ? state.message : '',
    startedAt: new Date(createdAt).toISOString(),
    finishedAt: new Date(reportedAt).toISOString(),
    manual: false,
  };
}

/** Node-RED copies messages by recursion, which overflows the stack near 3,000 levels; nobody means to send so many. */
const DEEPEST = 100;

/** JSON as its value, anything else, and what is nested too deep for a message, as text. */
function parseBody(body: Uint8Array): unknown {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(DEEPEST, value) ? text : value;
  } catch {
    return text;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
