import type { EndpointRow } from './endpoint-row.ts';

/** How an endpoint is, in one word. */
export type Health =
  | 'wrong'
  | 'unknown'
  | 'gone'
  | 'by-hand'
  | 'off'
  | 'untested'
  | 'paused'
  | 'trying'
  | 'failing'
  | 'delivering'
  | 'unused';

/** What matters most of how an endpoint is: what stops its deliveries, before what goes wrong with them. */
export function healthOf(row: EndpointRow): Health {
  if (row.problems.length > 0) return 'wrong';
  if (row.enabled === null) return 'unknown';
  if (row.disabledReason !== null) return row.disabledReason;
  if (!row.enabled) return 'off';
  if (row.waiting === 'endpoint-untested') return 'untested';
  if (row.circuit === 'open') return 'paused';
  if (row.circuit === 'half-open') return 'trying';
  if (row.failingSince !== null) return 'failing';
  return isUnused(row) ? 'unused' : 'delivering';
}

const isUnused = ({ succeeded, failed, pending }: EndpointRow): boolean =>
  succeeded === 0 && failed === 0 && pending === 0;

/** Whether a person has to do something, or wants to know. */
export const needsLook = (health: Health): boolean =>
  !['delivering', 'unused', 'off', 'by-hand'].includes(health);
