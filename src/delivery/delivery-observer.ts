import type { AcceptedDelivery } from './acceptance.ts';
import type { Delivery } from './delivery.ts';
import type { Settlement } from './delivery-store.ts';

/** Is told what the engine has done, once each. It must not throw, and costs every delivery what it takes. */
export interface DeliveryObserver {
  /** These are durable now. */
  accepted?(deliveries: readonly AcceptedDelivery[]): void;
  /** An attempt for an endpoint has ended. */
  attempted?(endpointId: string, attempt: Settlement['attempt']): void;
  /** The store has a delivery like this now, where it had none or it stood otherwise. */
  changed?(delivery: Delivery): void;
  /** So many stand otherwise that they are not named. */
  changedMany?(): void;
}
