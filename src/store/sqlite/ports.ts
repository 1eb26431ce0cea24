import type { DeliveryLog } from '../../delivery/delivery-log.ts';
import type { DeliveryStore } from '../../delivery/delivery-store.ts';
import type { Delivery } from '../../delivery/delivery.ts';
import type { EndpointStateStore } from '../../delivery/health/endpoint-state-store.ts';
import type { LogEventStore } from '../../delivery/log-events/log-event-store.ts';
import type { RetentionStore } from '../../delivery/retention-store.ts';
import type { ExternalDataStore } from '../../external-data/external-data-store.ts';
import type { InboxStore } from '../../inbound/inbox/inbox-store.ts';
import type { RecordStore } from '../../records/record-store.ts';
import type { HookStore } from '../hook-store.ts';
import { LogEventNews } from './log-event-news.ts';
import type { ReaderStore } from './reader-store.ts';
import { encodeChange } from './records/change-text.ts';
import type { WorkerLink } from './worker-link.ts';
import type { Writer } from './writer.ts';

/** The threads that do what the ports promise. */
export interface Threads {
  readonly writer: Writer;
  readonly readerLink: WorkerLink;
  /** Apart from the log's, where a search of 50,000 bodies takes half a second. */
  readonly lookupLink: WorkerLink;
}

type Ports = Omit<HookStore, 'info' | 'health' | 'waitingCount' | 'onHealth' | 'close'>;

/** The ports of the store: each call is a message to one of its threads. */
export function createPorts(threads: Threads): Ports {
  const { writer, readerLink, lookupLink } = threads;
  const news = new LogEventNews();
  return {
    deliveries: deliveriesOf(writer, news),
    log: logOf(readerLink),
    endpointStates: endpointStatesOf(writer, news),
    externalData: externalDataOf(writer, lookupLink),
    inbox: inboxOf(writer),
    logEvents: logEventsOf(threads, news),
    records: recordsOf(writer, lookupLink),
    retention: retentionOf(writer, readerLink),
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

const logEventsOf = ({ writer, readerLink }: Threads, news: LogEventNews): LogEventStore => ({
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
  listFailing: (endpointIds) => read(link, 'listFailing', endpointIds),
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
