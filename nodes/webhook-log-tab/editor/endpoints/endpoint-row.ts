/** A node that sends to an endpoint, as it is deployed. */
export interface LinkedNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** What people call its flow. */
  readonly flow: string;
}

/** An endpoint of the flows that run, as the admin API lists it; null where nobody can say. Times are ISO 8601 UTC. */
export interface EndpointRow {
  readonly id: string;
  readonly name: string;
  /** Without what is secret of it. */
  readonly url: string | null;
  readonly enabled: boolean | null;
  /** Why it is disabled at run time; null where it is not. */
  readonly disabledReason: 'gone' | 'by-hand' | null;
  readonly tested: boolean | null;
  readonly circuit: 'off' | 'closed' | 'open' | 'half-open' | null;
  /** When an open circuit lets it be tried again; null where it is closed, or tried now. */
  readonly nextProbeAt: string | null;
  /** Why its deliveries wait; null where they do not. */
  readonly waiting: string | null;
  readonly pending: number | null;
  readonly succeeded: number | null;
  readonly failed: number | null;
  readonly lastSuccessAt: string | null;
  /** When the first attempt after the last success failed; null where none has. */
  readonly failingSince: string | null;
  readonly linkedNodes: readonly LinkedNode[];
  /** What is wrong with its settings. */
  readonly problems: readonly { readonly setting: string; readonly message: string }[];
}
