import { HookError } from '../errors.ts';
import type { ExternalDataRow } from '../external-data/external-data-store.ts';

/** The last row of a page of external data: the next page begins after it. */
export interface ExternalDataPosition {
  readonly groupId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
}

/** A position as people's scripts hold it: opaque, fit for a URL. */
export const encodeExternalCursor = ({ groupId, subject }: ExternalDataRow): string =>
  encode([groupId, subject.kind, subject.id]);

/** The position a cursor names; HOOK_CONFIG_INVALID if we never made it. */
export function decodeExternalCursor(cursor: string): ExternalDataPosition {
  const names = parse(Buffer.from(cursor, 'base64url').toString());
  const [groupId, subjectKind, subjectId] = names;
  if (groupId === undefined || subjectKind === undefined || subjectId === undefined) throw notOurs();
  if (encode(names) !== cursor) throw notOurs();
  return { groupId, subjectKind, subjectId };
}

const encode = (names: readonly string[]): string => Buffer.from(JSON.stringify(names)).toString('base64url');

function parse(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notOurs();
  }
  if (Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string'))
    return value;
  throw notOurs();
}

const notOurs = (): HookError =>
  new HookError('HOOK_CONFIG_INVALID', 'The cursor is not one that the list of external data gave out.');
