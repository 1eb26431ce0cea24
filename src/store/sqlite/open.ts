import { isBuiltin } from 'node:module';
import path from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { DeliveryLog } from '../../delivery/delivery-log.ts';
import type { EndpointStateStore } from '../../delivery/health/endpoint-state-store.ts';
import type { DeliveryStore } from '../../delivery/delivery-store.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { LogEventStore } from '../../delivery/log-events/log-event-store.ts';
import type { RetentionStore } from '../../delivery/retention-store.ts';
import type { ExternalDataStore } from '../../external-data/external-data-store.ts';
import { HookError } from '../../errors.ts';
import type { InboxStore } from '../../inbound/inbox/inbox-store.ts';
import type { RecordStore } from '../../records/record-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { Health } from '../health.ts';
import type { HookStore } from '../hook-store.ts';
import { LogEventNews } from './log-event-news.ts';
import type { ReaderStore } from './reader-store.ts';
import { encodeChange } from './records/change-text.ts';
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

interface Parts {
  readonly fileName: string;
  readonly health: Health;
  readonly writer: Writer;
  readonly writerLink: WorkerLink;
  readonly readerLink: WorkerLink;
  /** Apart from the log's, where a search of 50,000 bodies takes half a second. */
  readonly lookupLink: WorkerLink;
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
  const news = new LogEventNews();
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // The writer last: the last connection to close takes the write-ahead log into the database.
    await Promise.all([writer.finish(closedError(fileName)), readerLink.close(), lookupLink.close()]);
    await writerLink.close();
  };
  return {
    deliveries: deliveriesOf(writer, news),
    log: logOf(readerLink),
    endpointStates: endpointStatesOf(writer, news),
    externalData: externalDataOf(writer, lookupLink),
    inbox: inboxOf(writer),
    logEvents: logEventsOf({ writer, readerLink, news }),
    records: recordsOf(writer, lookupLink),
    retention: retentionOf(writer, readerLink),
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

const deliveriesOf = (writer: Writer, news: LogEventNews): DeliveryStore => ({
  enqueue: (batch) => news.after(writer.call('enqueue', batch), () => batch.deliveries.some(hasFailed)),
  listByRequest: (request) => writer.call('listByRequest', request),
  claim: (request) => writer.call('claim', request),
  settle: (settlement) =>
    news.after(
      writer.call('settle', settlement),
      (settled) => settled !== undefined && hasFailed(settled.delivery),
    ),
  findInterrupted: (limit) => writer.call('findInterrupted', limit),
  askResend: (request) => writer.call('askResend', request),
  askResends: (request) => checkpointed(writer, writer.call('askResends', request)),
  listBacklogs: () => writer.call('listBacklogs', undefined),
  hold: (request) => repeat((limit) => writer.call('hold', { ...request, limit })),
  release: (request) => repeat((limit) => writer.call('release', { ...request, limit })),
  giveUp: (request) => news.after(writer.call('giveUp', request), (count) => count > 0),
  markMissing: (request) => writer.call('markMissing', request),
  listReports: (request) => writer.call('listReports', request),
  closeReports: (ids) => writer.call('closeReports', ids),
  dropReports: (request) => writer.call('dropReports', request),
});

const hasFailed = ({ state }: Delivery): boolean => state.kind === 'failed';

const endpointStatesOf = (writer: Writer, news: LogEventNews): EndpointStateStore => ({
  listStates: () => writer.call('listStates', undefined),
  putState: (request) => news.after(writer.call('putState', request), () => request.events.length > 0),
});

const logEventsOf = ({
  writer,
  readerLink,
  news,
}: Pick<Parts, 'writer' | 'readerLink'> & { news: LogEventNews }): LogEventStore => ({
  join: (reader) => writer.call('joinLogEvents', reader),
  list: (request) => read(readerLink, 'listLogEvents', request),
  markRead: (request) => writer.call('markLogEventsRead', request),
  drop: (request) => writer.call('dropLogEvents', request),
  onNew: (listener) => news.listen(listener),
});

const inboxOf = (writer: Writer): InboxStore => ({
  keep: (request) => writer.call('keep', request),
  answerMark: (request) => writer.call('answerMark', request),
  forgetMark: (request) => writer.call('forgetMark', request),
  forgetUnansweredMarks: () => writer.call('forgetUnansweredMarks', undefined),
  dropExpiredMarks: (request) => writer.call('dropExpiredMarks', request),
  closeEvents: (ids) => writer.call('closeEvents', ids),
  listOpen: (request) => writer.call('listOpen', request),
  countRedeliveries: (ids) => writer.call('countRedeliveries', ids),
  park: (ids) => writer.call('park', ids),
  countParked: () => writer.call('countParked', undefined),
  listParked: (request) => writer.call('listParked', request),
  unpark: (request) => writer.call('unpark', request),
  dropParked: (request) => writer.call('dropParked', request),
});

/** In one transaction, 100,000 rows were seen to hold up the commits of others for four seconds. */
const ROWS_AT_ONCE = 1_000;

/** Goes on until there is nothing more to do; answers how many it was. Broken off, it can be called again. */
async function repeat(change: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await change(ROWS_AT_ONCE);
    total += count;
    if (count < ROWS_AT_ONCE) return total;
  }
}

const logOf = (link: WorkerLink): DeliveryLog => ({
  list: (query) => read(link, 'list', query),
  listAddressed: (query) => read(link, 'listAddressed', query),
  listContents: (query) => read(link, 'listContents', query),
  find: (id) => read(link, 'find', id),
  findAddressed: (ids) => read(link, 'findAddressed', ids),
  countHours: (hours) => read(link, 'countHours', hours),
  listOldestOpen: (endpointIds) => read(link, 'listOldestOpen', endpointIds),
  countEnded: (endpointIds) => read(link, 'countEnded', endpointIds),
});

const recordsOf = (writer: Writer, link: WorkerLink): RecordStore => ({
  // Asynchronous, so that what cannot be encoded rejects.
  upsert: async ({ change, now }) => writer.call('upsertRecord', { changeText: encodeChange(change), now }),
  findAccount: (request) => read(link, 'findAccount', request),
  findContact: (request) => read(link, 'findContact', request),
  listActivities: (request) => read(link, 'listActivities', request),
  listSilentAccounts: (request) => read(link, 'listSilentAccounts', request),
  listSurveyResponses: (request) => read(link, 'listSurveyResponses', request),
});

const externalDataOf = (writer: Writer, link: WorkerLink): ExternalDataStore => ({
  set: (request) => writer.call('setExternal', request),
  delete: (request) => writer.call('deleteExternal', request),
  find: (request) => read(link, 'findExternal', request),
  list: (query) => read(link, 'listExternal', query),
});

const retentionOf = (writer: Writer, link: WorkerLink): RetentionStore => ({
  measure: () => read(link, 'measure', undefined),
  prune: (request) => checkpointed(writer, writer.call('prune', request)),
  shrink: (request) => checkpointed(writer, writer.call('shrink', request)),
});

/** What deletes, moves or marks rows by the thousand must not leave the work of the checkpoint to the commit of someone else. */
async function checkpointed<Answer>(writer: Writer, call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  await writer.checkpoint();
  return answer;
}

/** The reader's thread is ours, and answers each method of the ports with what they say. */
const read = <Method extends keyof ReaderStore>(
  link: WorkerLink,
  method: Method,
  argument: Parameters<ReaderStore[Method]>[0],
): ReturnType<ReaderStore[Method]> => link.request({ method, argument }) as ReturnType<ReaderStore[Method]>;

/** Node.js 22 and 24 warn that their SQLite is new; nobody who runs Node-RED can do anything about that. */
const WORKER_ARGUMENTS = ['--disable-warning=ExperimentalWarning'];

const startThread = (file: URL, options: WorkerOptions): Worker => new Worker(file, options);

/** A worker's file beside this one: `.ts` in the sources, `.js` in the build. */
const workerFile = (name: string): URL =>
  new URL(`./${name}${path.extname(import.meta.url)}`, import.meta.url);
