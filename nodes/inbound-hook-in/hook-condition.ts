import type { NodeStatus } from 'node-red';
import type { PathRefusal } from '../../src/inbound/hook.ts';
import { REJECTIONS, type RejectionReason } from '../../src/signature/scheme.ts';

/** What decides whether a hook can receive. */
export interface HookCondition {
  readonly path: string;
  readonly pathRefusal: PathRefusal | undefined;
  readonly isActive: boolean;
  readonly hasCredentials: boolean;
  /** False where requests must be signed and there is no secret to verify them with. */
  readonly hasSecret: boolean;
  /** What is to be kept cannot be, at the moment: senders are told to come again. */
  readonly isStoreDown: boolean;
  /** Why the last signature was refused; undefined where it was good, or there was none yet. */
  readonly rejection: RejectionReason | undefined;
}

/** What a hook shows of its condition, and, where a person must act, the key and the values of the words for the log. */
export interface HookReport {
  readonly status: NodeStatus;
  readonly problem?: { readonly key: string; readonly values: Readonly<Record<string, string>> };
}

/** Each status is one object, so that it is known again. */
const status = (fill: 'red' | 'yellow' | 'green' | 'grey', name: string) =>
  ({ fill, shape: fill === 'green' ? 'dot' : 'ring', text: `inbound-hook-in.status.${name}` }) as const;

export const STATUS = {
  ready: status('green', 'ready'),
  inactive: status('grey', 'inactive'),
  'no-credentials': status('red', 'no-credentials'),
  'no-secret': status('red', 'no-secret'),
  'path-taken': status('red', 'path-taken'),
  'path-invalid': status('red', 'path-invalid'),
  'hooks-off': status('red', 'hooks-off'),
  'setting-invalid': status('red', 'setting-invalid'),
  'store-down': status('red', 'store-down'),
} as const;

const REJECTED = Object.fromEntries(
  Object.keys(REJECTIONS).map((reason) => [reason, status('yellow', `rejected-${reason}`)]),
) as Readonly<Record<RejectionReason, NodeStatus>>;

/** The first of its troubles that would have to be mended, else whether it is ready. */
export function reportOn(condition: HookCondition): HookReport {
  const { path, pathRefusal, hasCredentials, hasSecret, isActive } = condition;
  if (pathRefusal) return reportPath(pathRefusal, path);
  if (!hasCredentials) return trouble('no-credentials');
  if (!hasSecret) return trouble('no-secret');
  if (!isActive) return { status: STATUS.inactive };
  return { status: statusWhileReceiving(condition) };
}

/** The engine's log says what is wrong with the store. */
function statusWhileReceiving({ isStoreDown, rejection }: HookCondition): NodeStatus {
  if (isStoreDown) return STATUS['store-down'];
  return rejection ? REJECTED[rejection] : STATUS.ready;
}

function reportPath(refusal: PathRefusal, path: string): HookReport {
  if (refusal.code !== 'path_taken') return trouble('path-invalid', { path });
  const { by, name } = refusal;
  return {
    status: STATUS['path-taken'],
    problem: { key: `inbound-hook-in.errors.path-taken-by-${by}`, values: { path, name } },
  };
}

const trouble = (name: keyof typeof STATUS, values: Readonly<Record<string, string>> = {}): HookReport => ({
  status: STATUS[name],
  problem: { key: `inbound-hook-in.errors.${name}`, values },
});
