/** A row of the admin API's list of hooks. Times are ISO 8601 UTC. */
export interface HookRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'webhook' | 'form' | 'email';
  /** A path with the root before it, or a mail address. */
  readonly url: string;
  /** None of an email hook. */
  readonly methods: readonly string[];
  readonly active: boolean;
  readonly debug: boolean;
  readonly received: number;
  readonly refused: number;
  /** Null while the store cannot say. */
  readonly parked: number | null;
  readonly lastReceivedAt: string | null;
}
