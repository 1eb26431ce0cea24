import { isBuiltin } from 'node:module';
import path from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { HookError } from '../../errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { Health } from '../health.ts';
import type { HookStore } from '../hook-store.ts';
import { createPorts, type Threads } from './ports.ts';
import type { WorkerSettings } from './worker-protocol.ts';
import { closedError, WorkerLink } from './worker-link.ts';
import { Writer } from './writer.ts';

export interface SqliteOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly startWorker?: (file: URL, options: WorkerOptions) => Worker;
  /** Whether this Node.js has a module. */
  readonly hasModule?: (name: string) => boolean;
}

/** Opens the store on a file, in three worker threads: one that writes, one for the log, and one for look-ups of records. */
export async function openSqlite(options: SqliteOptions): Promise<HookStore> {
  const { file, hasModule = isBuiltin } = options;
  if (!hasModule('node:sqlite'))
    throw new HookError(
      'HOOK_CONFIG_NODE_VERSION',
      `The embedded store needs Node.js 22.13 or newer; this is ${process.version}. Update Node.js.`,
    );
  if (!path.isAbsolute(file))
    throw new HookError('HOOK_CONFIG_STORE_FILE', `The store ${path.basename(file)} needs an absolute path.`);
  const parts = createParts(options);
  await parts.writerLink.open();
  try {
    await Promise.all([parts.readerLink.open(), parts.lookupLink.open()]);
  } catch (error) {
    await Promise.all([parts.readerLink.close(), parts.lookupLink.close()]);
    await parts.writerLink.close();
    throw error;
  }
  return createStore(parts);
}

interface Parts extends Threads {
  readonly fileName: string;
  readonly health: Health;
  readonly writerLink: WorkerLink;
}

function createParts({ file, clock, logger, startWorker = startThread }: SqliteOptions): Parts {
  const health = new Health();
  const fileName = path.basename(file);
  const start = (worker: string, name: string) => () => {
    const workerData: WorkerSettings = { file, now: Math.round(clock.now()) };
    return startWorker(workerFile(worker), {
      workerData,
      name: `survey-hooks ${name}`,
      execArgv: WORKER_ARGUMENTS,
    });
  };
  const warn = (what: string, error: HookError, retryMs: number): void =>
    logger.error(`${what} of the store stopped and is opened again in ${retryMs} ms. ${error.message}`);
  const writerLink = new WorkerLink({
    start: start('writer-worker', 'writer'),
    clock,
    fileName,
    onUp: () => health.up(),
    onDown: (error, retryMs) => {
      warn('The writer', error, retryMs);
      health.down(error);
    },
  });
  const linkReader = (name: string, what: string): WorkerLink =>
    new WorkerLink({
      start: start('reader-worker', name),
      clock,
      fileName,
      onDown: (error, retryMs) => warn(what, error, retryMs),
    });
  const readerLink = linkReader('reader', 'The reader');
  const lookupLink = linkReader('lookup', 'The reader of records');
  const writer = new Writer(writerLink, (error) => (error ? health.down(error) : health.up()));
  return { fileName, health, writer, writerLink, readerLink, lookupLink };
}

function createStore(parts: Parts): HookStore {
  const { fileName, health, writer, writerLink, readerLink, lookupLink } = parts;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // The writer last: the last connection to close takes the write-ahead log into the database.
    await Promise.all([writer.finish(closedError(fileName)), readerLink.close(), lookupLink.close()]);
    await writerLink.close();
  };
  return {
    ...createPorts(parts),
    info: async () => ({ backend: 'sqlite', ...(await writer.info()), ...writer.counts }),
    get health() {
      return health.now;
    },
    get waitingCount() {
      return writer.counts.waitingCount;
    },
    onHealth: (listener) => health.listen(listener),
    close: () => (closed ??= close()),
  };
}

/** Node.js 22 and 24 warn that their SQLite is new; nobody who runs Node-RED can do anything about that. */
const WORKER_ARGUMENTS = ['--disable-warning=ExperimentalWarning'];

const startThread = (file: URL, options: WorkerOptions): Worker => new Worker(file, options);

/** A worker's file beside this one: `.ts` in the sources, `.js` in the build. */
const workerFile = (name: string): URL =>
  new URL(`./${name}${path.extname(import.meta.url)}`, import.meta.url);
