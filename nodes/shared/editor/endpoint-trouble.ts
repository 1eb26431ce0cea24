/** A row of the admin API's list of endpoints, as far as a dialog reads it. */
export interface ListedEndpoint {
  readonly id: string;
  /** Why it is disabled at run time; null where it is not. */
  readonly disabledReason: string | null;
  /** Why its deliveries wait; null where they do not. */
  readonly waiting: string | null;
}

/** Why the deliveries of an endpoint wait, where that is not one of its settings. */
export type EndpointTrouble = 'gone' | 'by-hand' | 'down' | 'untested';

/** What holds the deliveries of an endpoint; undefined = nothing, or what people see at its settings. */
export function findTrouble(endpoint: ListedEndpoint | undefined): EndpointTrouble | undefined {
  const { disabledReason, waiting } = endpoint ?? {};
  if (disabledReason === 'gone' || disabledReason === 'by-hand') return disabledReason;
  if (waiting === 'endpoint-untested') return 'untested';
  return waiting === 'circuit-open' ? 'down' : undefined;
}
