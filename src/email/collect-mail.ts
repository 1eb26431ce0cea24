import type { Readable } from 'node:stream';

/** Room in memory that all senders share. */
export class MailSpace {
  readonly #most: number;
  #taken = 0;

  /** `most` in bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether there was room; if so it is taken. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#most) return false;
    this.#taken += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#taken -= bytes;
  }
}

interface Collecting {
  /** The largest mail, in bytes. */
  readonly limit: number;
  readonly space: MailSpace;
  /** Called where a sender goes on and on with a mail that is refused. */
  readonly cut: () => void;
}

/** `gone`: the sender went away, or was cut off. */
export type Collected = Buffer | 'too_large' | 'no_space' | 'gone';

/** The smallest piece of memory for a mail. */
const FIRST_BYTES = 64 * 1024;

/**
 * The bytes of a mail. Of one that is refused the rest is read and dropped, because only at its end there is an answer; after as
 * much again as the limit it is cut. The room for the bytes stays taken. Never rejects.
 */
export function collectMail(stream: Readable, { limit, space, cut }: Collecting): Promise<Collected> {
  return new Promise((resolve) => {
    const mail = new GrowingBuffer();
    let size = 0;
    let refused: 'too_large' | 'no_space' | undefined;
    const refuse = (why: 'too_large' | 'no_space'): void => {
      refused = why;
      space.giveBack(mail.length);
      mail.clear();
    };
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > 2 * limit) cut();
      if (refused) return;
      if (size > limit) refuse('too_large');
      else if (!space.take(chunk.length)) refuse('no_space');
      else mail.append(chunk);
    });
    stream.once('end', () => resolve(refused ?? mail.bytes));
    stream.once('error', () => undefined);
    stream.once('close', () => {
      if (stream.readableEnded) return;
      space.giveBack(mail.length);
      resolve('gone');
    });
  });
}

/** Bytes in one piece: a sender can make each line of a mail a chunk of its own, which would cost many times its length. */
class GrowingBuffer {
  #buffer: Buffer = Buffer.alloc(0);
  length = 0;

  append(chunk: Buffer): void {
    const length = this.length + chunk.length;
    if (length > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_BYTES, length, 2 * this.#buffer.length));
      this.#buffer.copy(larger, 0, 0, this.length);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.length);
    this.length = length;
  }

  clear(): void {
    this.#buffer = Buffer.alloc(0);
    this.length = 0;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }
}
