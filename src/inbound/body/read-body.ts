import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import { refusal, type Refusal } from '../refusals.ts';

interface ReadLimits {
  /** In bytes. */
  readonly limit: number;
  /** For the whole body, however steadily it comes. */
  readonly deadlineMs: number;
  /** Without a byte. */
  readonly idleMs: number;
  readonly clock: Clock;
}

/**
 * The bytes of a request's body as they came over the wire, free of chunks but not inflated; a refusal as soon as they are too
 * many or too slow; undefined when the sender went away. Never rejects.
 */
export function readBody(
  request: IncomingMessage,
  limits: ReadLimits,
): Promise<Buffer | Refusal | undefined> {
  const { limit } = limits;
  if (request.destroyed) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const patience = watchPace(limits, () => settle(refusal('body_timeout')));
    const settle = (result: Buffer | Refusal | undefined): void => {
      patience.cancel();
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      patience.renew();
      size += chunk.length;
      if (size > limit) settle(refusal('body_too_large'));
      else chunks.push(chunk);
    };
    const onEnd = (): void => settle(Buffer.concat(chunks, size));
    const onClose = (): void => settle(undefined);
    request.on('data', onData).once('end', onEnd).once('close', onClose);
  });
}

/** Calls back once when a body takes too long, or nothing comes for too long. */
function watchPace(
  { deadlineMs, idleMs, clock }: ReadLimits,
  onLate: () => void,
): { renew(): void; cancel(): void } {
  const deadline = clock.monotonic() + deadlineMs;
  let heardAt = clock.monotonic();
  // One timer that looks again, because setting another with each chunk costs more than all else that is done with it.
  const look = (): void => {
    const left = Math.min(deadline, heardAt + idleMs) - clock.monotonic();
    if (left <= 0) onLate();
    else timer = clock.after(left, look);
  };
  let timer = clock.after(Math.min(deadlineMs, idleMs), look);
  return { renew: () => (heardAt = clock.monotonic()), cancel: () => timer.cancel() };
}
