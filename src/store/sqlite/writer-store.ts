import type { Synchronous } from '../synchronous.ts';
import { createDeliveryStore, type DeliveryWriter } from './delivery-store.ts';
import type { EndpointStateStore } from '../../delivery/health/endpoint-state-store.ts';
import { createEndpointStateStore } from './endpoint-state-store.ts';
import { createExternalDataWriter, type ExternalDataWriter } from './external-data-store.ts';
import { createInboxStore, type InboxWriter } from './inbox-store.ts';
import { createLogEventWriter, type LogEventWriter } from './log-event-store.ts';
import { createRecordWriter, type RecordWriter } from './records/record-writer.ts';
import { createRetentionWriter, type RetentionWriter } from './retention-store.ts';
import type { Statements } from './statements.ts';

/** What the writer's thread does, for all ports that write: their calls share its transactions. */
export interface WriterStore
  extends
    DeliveryWriter,
    EndpointStateStore,
    ExternalDataWriter,
    InboxWriter,
    LogEventWriter,
    RecordWriter,
    RetentionWriter {}

/** All ports that write, on a connection that is inside a transaction. */
export const createWriterStore = (statements: Statements): Synchronous<WriterStore> => ({
  ...createDeliveryStore(statements),
  ...createEndpointStateStore(statements),
  ...createExternalDataWriter(statements),
  ...createInboxStore(statements),
  ...createLogEventWriter(statements),
  ...createRecordWriter(statements),
  ...createRetentionWriter(statements),
});
