import { HookError } from '../errors.ts';

/** The last row of a page of the log: the next page begins after it, newest first. */
export interface LogPosition {
  readonly createdAt: number;
  /** Tells apart what was accepted in the same millisecond. */
  readonly seq: number;
}

/** A position as people's scripts hold it: opaque, fit for a URL. */
export function encodeCursor({ createdAt, seq }: LogPosition): string {
  return Buffer.from(`${createdAt}.${seq}`).toString('base64url');
}

/** The position a cursor names; HOOK_CONFIG_INVALID if we never made it. */
export function decodeCursor(cursor: string): LogPosition {
  const [, createdAt, seq] =
    /^(-?\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const position = { createdAt: Number(createdAt), seq: Number(seq) };
  if (createdAt === undefined || encodeCursor(position) !== cursor)
    throw new HookError('HOOK_CONFIG_INVALID', 'The cursor is not one that the log gave out.');
  return position;
}
