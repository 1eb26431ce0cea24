import type { RecordChange, UpsertResult } from '../../../records/record-store.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { Statements } from '../statements.ts';
import { upsertAccount } from './account.ts';
import { upsertActivity } from './activity.ts';
import { upsertAlias } from './alias.ts';
import { decodeChange } from './change-text.ts';
import { upsertContact } from './contact.ts';
import { upsertExternalResponse } from './external-response.ts';
import { upsertInvitation } from './invitation.ts';
import { upsertSurveyResponse } from './survey-response.ts';

/** What the writer's thread does for the port. */
export interface RecordWriter {
  /** `changeText`: the change as `encodeChange` made it. */
  upsertRecord(request: { readonly changeText: string; readonly now: number }): Promise<UpsertResult>;
}

/** Records on a connection that is inside a transaction: each call either does all, or nothing and answers a conflict, or throws. */
export const createRecordWriter = (statements: Statements): Synchronous<RecordWriter> => ({
  upsertRecord: ({ changeText, now }) => upsert(statements, decodeChange(changeText), Math.round(now)),
});

function upsert(statements: Statements, change: RecordChange, now: number): UpsertResult {
  switch (change.kind) {
    case 'account':
      return upsertAccount(statements, change.account, now);
    case 'contact':
      return upsertContact(statements, change.contact, now);
    case 'alias':
      return upsertAlias(statements, change, now);
    case 'activity':
      return upsertActivity(statements, change, now);
    case 'external-response':
      return upsertExternalResponse(statements, change, now);
    case 'invitation':
      return upsertInvitation(statements, change, now);
    case 'survey-response':
      return upsertSurveyResponse(statements, change, now);
  }
}
