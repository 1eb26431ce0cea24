import type {
  ExternalDataPage,
  ExternalDataQuery,
  ExternalDataRow,
  ExternalDataStore,
  StoredValue,
} from '../../external-data/external-data-store.ts';
import type { ExternalValue, Subject } from '../../external-data/external-data.ts';
import { HookError } from '../../errors.ts';
import {
  decodeExternalCursor,
  encodeExternalCursor,
  type ExternalDataPosition,
} from '../external-data-cursor.ts';
import type { Synchronous } from '../synchronous.ts';
import type { ExternalSubjectRow, ExternalValueRow } from './statement-rows.ts';
import type { Statements } from './statements.ts';

/** What the writer's thread does for the port. */
export interface ExternalDataWriter {
  setExternal: ExternalDataStore['set'];
  deleteExternal: ExternalDataStore['delete'];
}

/** What the reader's thread does for the port. */
export interface ExternalDataReader {
  findExternal: ExternalDataStore['find'];
  listExternal: ExternalDataStore['list'];
}

type SetRequest = Parameters<ExternalDataStore['set']>[0];

interface Key {
  readonly groupId: string;
  readonly subject: Subject;
}

const LONGEST_PAGE = 1_000;
/** Characters of values in a page, after which it ends: Node-RED's own thread takes it over and writes it as JSON at once. */
const LARGEST_PAGE = 1024 * 1024;

/** On a connection that is inside a transaction: each call either does all or throws. */
export const createExternalDataWriter = (statements: Statements): Synchronous<ExternalDataWriter> => ({
  setExternal: (request) => putExternalValues(statements, request),
  deleteExternal: (key) => statements.run('delete-external-values', keyParameters(key)),
});

/** External data on a read-only connection. */
export const createExternalDataReader = (statements: Statements): Synchronous<ExternalDataReader> => ({
  findExternal: (key) => find(statements, key),
  listExternal: (query) => list(statements, query),
});

/** Sets values of a subject and leaves its others as they are. */
export function putExternalValues(statements: Statements, { values, now, ...key }: SetRequest): void {
  for (const { parameter, type, value } of values)
    statements.run('put-external-value', {
      ...keyParameters(key),
      parameter,
      type,
      value: JSON.stringify(value),
      updated_at: Math.round(now),
    });
}

const keyParameters = ({ groupId, subject }: Key) => ({
  group_id: groupId,
  subject_kind: subject.kind,
  subject_id: subject.id,
});

function find(statements: Statements, { groupId, subject }: Key): ExternalDataRow | undefined {
  const values = statements
    .all('list-external-values', keyParameters({ groupId, subject }))
    .map(valueFromRow);
  if (values.length === 0) return undefined;
  const updatedAt = Math.max(...values.map((value) => value.updatedAt));
  return { groupId, subject: { kind: subject.kind, id: subject.id }, updatedAt, values };
}

const valueFromRow = (row: ExternalValueRow): StoredValue => ({
  parameter: row.parameter,
  type: row.type,
  // Written by `putExternalValues`, and by nothing else.
  value: JSON.parse(row.value) as ExternalValue,
  updatedAt: row.updated_at,
});

function list(statements: Statements, query: ExternalDataQuery): ExternalDataPage {
  const { limit } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_PAGE)
    throw new HookError('HOOK_CONFIG_INVALID', `A page of external data has 1 to ${LONGEST_PAGE} rows.`);
  const subjects = findSubjects(statements, query);
  const rows: ExternalDataRow[] = [];
  let size = 0;
  for (const subject of subjects.slice(0, limit)) {
    const row = find(statements, keyOf(subject));
    if (!row) continue;
    rows.push(row);
    size += row.values.reduce((sum, { value }) => sum + String(value).length, 0);
    if (size > LARGEST_PAGE) break;
  }
  const last = rows.at(-1);
  return { rows, nextCursor: last && subjects.length > rows.length ? encodeExternalCursor(last) : undefined };
}

const keyOf = (row: ExternalSubjectRow): Key => ({
  groupId: row.group_id,
  subject: { kind: row.subject_kind, id: row.subject_id },
});

/** One more than asked for, which tells whether there is a next page. */
function findSubjects(
  statements: Statements,
  { groupId, subjectId, cursor, limit }: ExternalDataQuery,
): ExternalSubjectRow[] {
  const after = cursor === undefined ? FIRST : decodeExternalCursor(cursor);
  const isWithinGroup = groupId !== undefined && after.groupId === groupId;
  const conditions = [
    ...(groupId === undefined ? [] : ['group_id = :group_id']),
    ...(subjectId === undefined ? [] : ['subject_id = :subject_id']),
    // With the group's id in it as well, SQLite would read the group from its start.
    isWithinGroup
      ? '(subject_kind, subject_id) > (:after_kind, :after_subject)'
      : '(group_id, subject_kind, subject_id) > (:after_group, :after_kind, :after_subject)',
  ];
  return statements.allWhere('list-external-subjects', conditions, {
    limit: limit + 1,
    ...(groupId !== undefined && { group_id: groupId }),
    ...(subjectId !== undefined && { subject_id: subjectId }),
    ...(!isWithinGroup && { after_group: after.groupId }),
    after_kind: after.subjectKind,
    after_subject: after.subjectId,
  });
}

/** Before the first row: without it SQLite would read all of them and sort them. */
const FIRST: ExternalDataPosition = { groupId: '', subjectKind: '', subjectId: '' };
