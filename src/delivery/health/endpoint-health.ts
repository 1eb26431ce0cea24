import type { WaitingReason } from '../delivery.ts';
import type { DisabledReason } from '../log-events/log-event.ts';

/** How an endpoint is, as people see it. */
export interface EndpointHealth {
  /** By its setting, and not disabled at run time. */
  readonly isEnabled: boolean;
  /** Why it is disabled at run time; absent where it is not. */
  readonly disabledBecause?: DisabledReason;
  /** `off` = it has none; `half-open` = it is open, and the endpoint is being tried. */
  readonly circuit: 'off' | 'closed' | 'open' | 'half-open';
  /** When an open circuit lets it be tried again, epoch ms; absent where that is not known, or it is tried now. */
  readonly nextProbeAt?: number;
  /** A test fire has succeeded with the URL and the credentials as they are. */
  readonly isTested: boolean;
  /** Why its deliveries wait; absent where they do not. */
  readonly waiting?: WaitingReason;
}
