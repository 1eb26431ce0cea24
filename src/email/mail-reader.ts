import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../platform/clock.ts';
import type { Mail, UnreadableMail } from './mail.ts';

/** How long a mail may take. 10 MB of short lines of HTML take 2.5 s. */
const DEADLINE_MS = 20_000;
/** How long the thread stays without a mail. */
const REST_MS = 60_000;
/** 10 MB of the worst that `mail-shape.ts` lets through stay within it. */
const MEMORY_MB = 512;

const TOO_SLOW: UnreadableMail = { unreadable: 'It took too long to read.', isFinal: false };
const TOO_MUCH: UnreadableMail = { unreadable: 'It is made of too much to be read.', isFinal: true };
const LOST: UnreadableMail = { unreadable: 'It could not be read at the moment.', isFinal: false };

export interface MailReaderOptions {
  readonly clock: Clock;
  /** Starts the thread; the one of `mail-reader-worker.ts` if absent. */
  readonly start?: () => Worker;
}

/**
 * Reads mails in a thread of its own, one at a time, so that one that is too much for it takes no other with it. The thread begins
 * with the first mail and ends when there was none for a while.
 */
export class MailReader {
  readonly #clock: Clock;
  readonly #start: () => Worker;
  #last: Promise<unknown> = Promise.resolve();
  #worker: Worker | undefined;
  #rest: Timer | undefined;

  constructor({ clock, start = startThread }: MailReaderOptions) {
    this.#clock = clock;
    this.#start = start;
  }

  /** Understands a mail as `readMail` does. Never rejects. */
  read(bytes: Uint8Array): Promise<Mail | UnreadableMail> {
    const mail = this.#last.then(() => this.#readNow(bytes));
    this.#last = mail;
    return mail;
  }

  /** Ends the thread once what was asked is read. */
  async close(): Promise<void> {
    await this.#last;
    this.#rest?.cancel();
    await this.#end();
  }

  async #readNow(bytes: Uint8Array): Promise<Mail | UnreadableMail> {
    this.#rest?.cancel();
    const worker = (this.#worker ??= this.#begin());
    worker.ref();
    const result = await this.#ask(worker, bytes);
    worker.unref();
    this.#rest = this.#clock.after(REST_MS, () => void this.#end());
    return result;
  }

  #ask(worker: Worker, bytes: Uint8Array): Promise<Mail | UnreadableMail> {
    return new Promise((resolve) => {
      const settle = (result: Mail | UnreadableMail): void => {
        deadline.cancel();
        worker.off('message', settle).off('error', onError).off('exit', onExit);
        resolve(result);
      };
      const giveUp = (result: UnreadableMail): void => {
        settle(result);
        void this.#end();
      };
      const onError = (error: unknown): void => giveUp(isOutOfMemory(error) ? TOO_MUCH : LOST);
      const onExit = (): void => giveUp(LOST);
      const deadline = this.#clock.after(DEADLINE_MS, () => giveUp(TOO_SLOW));
      worker.on('message', settle).on('error', onError).on('exit', onExit);
      const copy = new Uint8Array(bytes);
      worker.postMessage(copy, [copy.buffer]);
    });
  }

  #begin(): Worker {
    const worker = this.#start();
    // Nobody else listens while there is no mail, and an error that is not listened to ends the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** `.ts` in the sources, `.js` in the build. */
const workerFile = new URL(`./mail-reader-worker${path.extname(import.meta.url)}`, import.meta.url);

const startThread = (): Worker =>
  new Worker(workerFile, {
    name: 'survey-hooks mail-reader',
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
