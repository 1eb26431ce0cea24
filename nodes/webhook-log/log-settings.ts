import { LOG_EVENT_KINDS, type LogEventKind } from '../../src/delivery/log-events/log-event.ts';
import type { LogQueryParameters } from '../../src/delivery/log-query.ts';
import { HookError } from '../../src/errors.ts';
import { textOf } from '../../src/platform/settings-check.ts';

/** The node's settings as a flow holds them. */
export interface LogSettings extends Omit<LogQueryParameters, 'status'> {
  readonly mode?: string;
  /** Not `status`: the editor keeps there what a node shows beneath itself. */
  readonly deliveryStatus?: string;
  /** A list; all where it is missing. */
  readonly events?: unknown;
}

/** What the node does: it answers messages with what the log holds, or tells of events. */
export type LogWork =
  | { readonly mode: 'query'; readonly query: LogQueryParameters }
  | { readonly mode: 'events'; readonly kinds: readonly LogEventKind[] };

/** Throws HOOK_CONFIG_INVALID with what a person has to change. */
export function readLogSettings(settings: LogSettings): LogWork {
  const mode = textOf(settings.mode).trim() || 'query';
  if (mode === 'events') return { mode, kinds: readKinds(settings.events) };
  if (mode !== 'query') throw new HookError('HOOK_CONFIG_INVALID', 'The mode must be query or events.');
  const { deliveryStatus: status, endpoint, search, limit, cursor } = settings;
  return { mode, query: { status, endpoint, search, limit, cursor } };
}

function readKinds(events: unknown): readonly LogEventKind[] {
  if (events === undefined || events === null) return LOG_EVENT_KINDS;
  const wanted: readonly unknown[] = Array.isArray(events) ? events : [events];
  const kinds = LOG_EVENT_KINDS.filter((kind) => wanted.includes(kind));
  if (wanted.every((one) => kinds.some((kind) => kind === one))) return kinds;
  throw new HookError('HOOK_CONFIG_INVALID', `Events must be of ${LOG_EVENT_KINDS.join(', ')}.`);
}
