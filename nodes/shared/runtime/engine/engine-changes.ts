import { statusOf, type Delivery } from '../../../../src/delivery/delivery.ts';
import type { DeliveryObserver } from '../../../../src/delivery/delivery-observer.ts';
import type { EndpointHealth } from '../../../../src/delivery/health/endpoint-health.ts';
import type { ChangePublisher } from '../change-publisher.ts';

/** Passes on what changes in the engine, by id and state alone, once there is somebody who publishes it. */
export class EngineChanges implements DeliveryObserver {
  #publisher: Pick<ChangePublisher, 'note' | 'noteMore'> | undefined;

  publishTo(publisher: Pick<ChangePublisher, 'note' | 'noteMore'>): void {
    this.#publisher = publisher;
  }

  changed(delivery: Delivery): void {
    this.#publisher?.note({ kind: 'delivery', id: delivery.id, status: statusOf(delivery) });
  }

  changedMany(): void {
    this.#publisher?.noteMore();
  }

  /** An endpoint is like this now; undefined = it is not in the flows, or not valid. */
  endpointChanged(id: string, health: EndpointHealth | undefined): void {
    this.#publisher?.note({ kind: 'endpoint', id, status: health ? statusOfEndpoint(health) : 'removed' });
  }
}

function statusOfEndpoint({ isEnabled, waiting, circuit }: EndpointHealth): string {
  if (!isEnabled) return 'disabled';
  if (waiting === 'endpoint-untested') return 'untested';
  return circuit === 'open' || circuit === 'half-open' ? circuit : 'enabled';
}
