import type { Clock } from '../../platform/clock.ts';
import { parseSenderAddress } from '../../ip-address.ts';
import { BoundedMap } from './bounded-map.ts';
import { takeOne, waitMs, type Bucket, type Pace } from '../../platform/token-bucket.ts';

/** Ten wrong tries at once are a person who mistypes, or a sender whose key was just replaced; then one every six seconds. */
const FAILURES: Pace = { burst: 10, perSecond: 10 / 60 };
/** Who was let in may fail for so long without limit: behind a proxy that does not say who sends, others may have failed. */
const TRUSTED_MS = 3_600_000;
/** About 2 MB for each of the two kinds of entries. */
const MOST_SENDERS = 10_000;

/** Where a request comes from, and which hook it is for. */
export interface Sender {
  readonly hookId: string;
  readonly remoteAddress: string | null;
}

/**
 * Keeps those who guess from guessing fast, by hook and address; of IPv6 by network, because one sender has 2^64 addresses there. It
 * never keeps away an address from which someone was let in at that hook within the hour.
 */
export class FailureLimit {
  readonly #failures: BoundedMap<Bucket>;
  readonly #letIn: BoundedMap<number>;
  readonly #clock: Clock;

  constructor(clock: Clock, most = MOST_SENDERS) {
    this.#clock = clock;
    this.#failures = new BoundedMap(most);
    this.#letIn = new BoundedMap(most);
  }

  /** How many senders it remembers. */
  get size(): number {
    return this.#failures.size + this.#letIn.size;
  }

  /** How long, in ms, until this sender may try again; 0 = now. */
  waitMs(sender: Sender): number {
    const key = keyOf(sender);
    const bucket = this.#failures.get(key);
    if (!bucket || this.#isTrusted(key)) return 0;
    return waitMs(bucket, FAILURES, this.#clock.monotonic());
  }

  /** Takes that the sender could not prove to be one that may send. */
  noteFailure(sender: Sender): void {
    const key = keyOf(sender);
    this.#failures.set(key, takeOne(this.#failures.get(key), FAILURES, this.#clock.monotonic()));
  }

  /** Takes that the sender has proved it. */
  noteSuccess(sender: Sender): void {
    this.#letIn.set(keyOf(sender), this.#clock.monotonic());
  }

  #isTrusted(key: string): boolean {
    const at = this.#letIn.get(key);
    return at !== undefined && this.#clock.monotonic() - at < TRUSTED_MS;
  }
}

const keyOf = ({ hookId, remoteAddress }: Sender): string => `${hookId} ${networkOf(remoteAddress)}`;

/** What is no address is one sender: a proxy may hand on, unbounded, what a sender claims to be. */
function networkOf(remoteAddress: string | null): string {
  const address = parseSenderAddress(remoteAddress ?? '');
  if (!address) return 'unknown';
  return address.family === 'ipv4' ? address.text : address.text.split(':', 4).join(':');
}
