/** What may be kept of deliveries that are closed; undefined = any amount. */
export interface RetentionLimits {
  /** Since its last activity. */
  readonly ageMs: number | undefined;
  /** Deliveries, with those that are open. */
  readonly count: number | undefined;
  readonly bytes: number | undefined;
}
