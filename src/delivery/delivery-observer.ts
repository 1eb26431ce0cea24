import type { AcceptedDelivery } from './acceptance.ts';
import type { Settlement } from './delivery-store.ts';

/** Is told what the engine has done, once each. It must not throw, and costs every delivery what it takes. */
export interface DeliveryObserver {
  /** These are durable now. */
  accepted(deliveries: readonly AcceptedDelivery[]): void;
  /** An attempt for an endpoint has ended. */
  attempted(endpointId: string, attempt: Settlement['attempt']): void;
}
