import type { DeliveryLog } from '../../delivery/delivery-log.ts';
import type { Synchronous } from '../synchronous.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { createExternalDataReader, type ExternalDataReader } from './external-data-store.ts';
import { createLogEventPages, type LogEventPages } from './log-event-store.ts';
import { createRecordReader, type RecordReader } from './records/record-reader.ts';
import { createRetentionReader, type RetentionReader } from './retention-store.ts';
import type { Statements } from './statements.ts';

/** What the reader's thread does, for all ports that only read. */
export interface ReaderStore
  extends DeliveryLog, ExternalDataReader, LogEventPages, RecordReader, RetentionReader {}

/** All ports that only read, on a read-only connection. */
export const createReaderStore = (statements: Statements): Synchronous<ReaderStore> => ({
  ...createDeliveryLog(statements),
  ...createExternalDataReader(statements),
  ...createLogEventPages(statements),
  ...createRecordReader(statements),
  ...createRetentionReader(statements),
});
