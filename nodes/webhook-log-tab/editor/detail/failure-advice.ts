import type { DeliveryDetail } from '../deliveries/delivery.ts';

/** What the answer to an attempt, or that there was none, says to do. */
export type Advice =
  | 'credentials'
  | 'address'
  | 'content'
  | 'too-large'
  | 'redirect'
  | 'busy'
  | 'receiver'
  | 'success-rule'
  | 'network';

/** Reasons that say all there is to say; the others are about what came back. */
const OWN_REASONS: readonly (string | null)[] = [
  'interrupted',
  'expired',
  'endpoint-removed',
  'endpoint-invalid',
  'endpoint-over-limit',
  'endpoint-off',
  'endpoint-untested',
];

/** The advice for a delivery that failed or whose last attempt did; undefined where there is nothing to advise. */
export function adviceFor({ status, reason, attemptLog }: DeliveryDetail): Advice | undefined {
  const last = attemptLog.at(-1);
  if (status === 'Succeeded' || last?.outcome !== 'failed' || OWN_REASONS.includes(reason)) return undefined;
  return adviceOnStatus(last.statusCode);
}

const BY_STATUS: Readonly<Record<number, Advice>> = {
  401: 'credentials',
  403: 'credentials',
  404: 'address',
  405: 'address',
  407: 'credentials',
  408: 'receiver',
  410: 'address',
  413: 'too-large',
  425: 'busy',
  429: 'busy',
};

function adviceOnStatus(statusCode: number | null): Advice {
  if (statusCode === null) return 'network';
  const known = BY_STATUS[statusCode];
  if (known) return known;
  if (statusCode >= 500) return 'receiver';
  if (statusCode >= 400) return 'content';
  return statusCode >= 300 ? 'redirect' : 'success-rule';
}
