import type { DeliveryObserver } from './delivery-observer.ts';

/** One observer that tells each of these, in their order. */
export const observers = (all: readonly DeliveryObserver[]): Required<DeliveryObserver> => ({
  accepted(deliveries) {
    for (const one of all) one.accepted?.(deliveries);
  },
  attempted(endpointId, attempt) {
    for (const one of all) one.attempted?.(endpointId, attempt);
  },
  changed(delivery) {
    for (const one of all) one.changed?.(delivery);
  },
  changedMany() {
    for (const one of all) one.changedMany?.();
  },
});
