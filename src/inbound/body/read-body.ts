import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import { refusal, type Refusal } from '../refusals.ts';

interface ReadLimits {
  /** In bytes. */
  readonly limit: number;
  /** For the whole body, however steadily it comes. */
  readonly deadlineMs: number;
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
  const { limit, deadlineMs, clock } = limits;
  if (request.destroyed) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: Buffer | Refusal | undefined): void => {
      timer.cancel();
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) settle(refusal('body_too_large'));
      else chunks.push(chunk);
    };
    const onEnd = (): void => settle(Buffer.concat(chunks, size));
    const onClose = (): void => settle(undefined);
    const timer = clock.after(deadlineMs, () => settle(refusal('body_timeout')));
    request.on('data', onData).once('end', onEnd).once('close', onClose);
  });
}
