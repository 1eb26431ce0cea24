import type { Accepted, AcceptedDelivery, AcceptRequest } from './acceptance.ts';
import type { DeliveryStore } from './delivery-store.ts';

/** What was accepted for a request before, in the order of its acceptance. */
interface Remaining {
  /** What the pass has not come to yet. */
  stored: readonly Stored[];
}

interface Stored {
  readonly delivery: AcceptedDelivery;
  readonly position: number;
}

/** One pass of a request through the flows; what an out node had accepted is read when the first message comes to it. */
type Pass = Map<string, Promise<Remaining>>;

/** Requests whose passes are remembered, the latest: a minute of 1,000 a second is what a restart finds open. */
const REMEMBERED_PASSES = 60_000;

type AcceptRest = (request: AcceptRequest) => Promise<Accepted>;

/**
 * What redelivered requests have led to before, so that none of it is delivered twice: in each pass, the k-th delivery of a
 * request for an out node and an endpoint is the k-th one that the store has. A message of a request that is in no pass, or whose
 * pass is forgotten, is like any other: it may be delivered twice, but is not lost.
 */
export class RedeliveredRequests {
  readonly #store: Pick<DeliveryStore, 'listByRequest'>;
  readonly #passes = new Map<string, Pass>();

  constructor(store: Pick<DeliveryStore, 'listByRequest'>) {
    this.#store = store;
  }

  /** A request is about to go into the flows once more: its deliveries are counted from the first. */
  begin(requestId: string): void {
    this.#passes.delete(requestId);
    this.#passes.set(requestId, new Map());
    if (this.#passes.size <= REMEMBERED_PASSES) return;
    const [oldest] = this.#passes.keys();
    if (oldest !== undefined) this.#passes.delete(oldest);
  }

  /** Accepts what the store does not have yet; answers all deliveries of the message, in the order of its endpoints. */
  async accept(request: AcceptRequest, acceptRest: AcceptRest): Promise<Accepted> {
    const remaining = await this.#remaining(request);
    const taken = remaining ? take(remaining, request.endpointIds) : [];
    const [first] = taken;
    if (!remaining || !first) return acceptRest(request);
    const { webhookId } = first.delivery;
    const stored = taken
      .map(({ delivery }) => delivery)
      .filter(({ endpoint }) => request.endpointIds.includes(endpoint))
      .sort(inOrderOf(request.endpointIds));
    const endpointIds = request.endpointIds.filter((id) => !stored.some(({ endpoint }) => endpoint === id));
    if (endpointIds.length === 0) return { deliveries: stored, failedCount: 0 };
    try {
      const rest = await acceptRest({ ...request, webhookId, endpointIds });
      const deliveries = [...stored, ...rest.deliveries].sort(inOrderOf(request.endpointIds));
      return { deliveries, failedCount: rest.failedCount };
    } catch (error) {
      giveBack(remaining, taken);
      throw error;
    }
  }

  #remaining({ hookRequest, nodeId }: AcceptRequest): Promise<Remaining> | undefined {
    const pass = hookRequest?.isRedelivered ? this.#passes.get(hookRequest.id) : undefined;
    if (!hookRequest || !pass) return undefined;
    const known = pass.get(nodeId);
    if (known) return known;
    const reading = this.#read(hookRequest.id, nodeId);
    pass.set(nodeId, reading);
    // The next message may find the store up again.
    reading.catch(() => pass.delete(nodeId));
    return reading;
  }

  async #read(requestId: string, nodeId: string): Promise<Remaining> {
    const stored = await this.#store.listByRequest({ requestId, nodeId });
    return {
      stored: stored.map(({ id, webhookId, endpointId }, position) => ({
        delivery: { id, webhookId, endpoint: endpointId },
        position,
      })),
    };
  }
}

/**
 * Takes the deliveries of the next message that was accepted for one of the endpoints: those of a message have one webhook id. Not
 * just the next one of each endpoint: it may be of another message, where a filter lets more or less through than it did before.
 */
function take(remaining: Remaining, endpointIds: readonly string[]): Stored[] {
  const isWanted = ({ delivery }: Stored): boolean => endpointIds.includes(delivery.endpoint);
  const first = remaining.stored.find(isWanted);
  if (!first) return [];
  const alike = remaining.stored.filter(({ delivery }) => delivery.webhookId === first.delivery.webhookId);
  const nextByEndpoint = new Map(alike.toReversed().map((stored) => [stored.delivery.endpoint, stored]));
  const next = [...nextByEndpoint.values()];
  // Where several messages were given the same id, nobody knows which of them the other deliveries are of.
  const taken = next.length === alike.length ? next : next.filter(isWanted);
  remaining.stored = remaining.stored.filter((stored) => !taken.includes(stored));
  return taken;
}

/** Puts back what was taken for a message that was not accepted. */
function giveBack(remaining: Remaining, deliveries: readonly Stored[]): void {
  remaining.stored = [...remaining.stored, ...deliveries].sort((one, other) => one.position - other.position);
}

const inOrderOf =
  (endpointIds: readonly string[]) =>
  (one: AcceptedDelivery, other: AcceptedDelivery): number =>
    endpointIds.indexOf(one.endpoint) - endpointIds.indexOf(other.endpoint);
