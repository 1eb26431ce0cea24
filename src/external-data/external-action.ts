import { HookError } from '../errors.ts';
import { captureFields } from './capture.ts';
import type { ExternalDataStore } from './external-data-store.ts';
import type { ExternalDataGroup, Subject } from './external-data.ts';
import { tellKept, type ExternalMessage } from './external-message.ts';

export const EXTERNAL_ACTIONS = ['get', 'set', 'delete'] as const;

/** What is done with what a group has of a subject. */
export type ExternalAction = (typeof EXTERNAL_ACTIONS)[number];

export interface ActionRequest {
  readonly action: ExternalAction;
  readonly group: ExternalDataGroup;
  /** The subject's id. */
  readonly subjectId: string;
  /** What `set` takes its values from. */
  readonly payload: unknown;
  readonly now: number;
}

/** What the message tells then, and how many values there are, or were where they are deleted. */
export interface ActionResult {
  readonly count: number;
  readonly told: ExternalMessage & { readonly externalData: { readonly deleted?: number } };
}

/**
 * Reads, sets or deletes. Rejects with HOOK_MESSAGE_INCOMPLETE where there is no subject, with HOOK_MESSAGE_UNREADABLE where `set` has no
 * object to take values from, and as the store does.
 */
export async function performAction(store: ExternalDataStore, request: ActionRequest): Promise<ActionResult> {
  const { action, group, subjectId } = request;
  if (subjectId === '')
    throw new HookError(
      'HOOK_MESSAGE_INCOMPLETE',
      `The message does not say which ${group.subjectKind} it is about.`,
    );
  const subject: Subject = { kind: group.subjectKind, id: subjectId };
  if (action === 'delete') return remove(store, group, subject);
  const problems = action === 'set' ? await set(store, subject, request) : [];
  const row = await store.find({ groupId: group.id, subject });
  return { count: row?.values.length ?? 0, told: tellKept(group, row, { subject, problems }) };
}

async function remove(
  store: ExternalDataStore,
  group: ExternalDataGroup,
  subject: Subject,
): Promise<ActionResult> {
  const deleted = await store.delete({ groupId: group.id, subject });
  const { external, externalData } = tellKept(group, undefined, { subject });
  return { count: deleted, told: { external, externalData: { ...externalData, deleted } } };
}

async function set(store: ExternalDataStore, subject: Subject, { group, payload, now }: ActionRequest) {
  if (typeof payload !== 'object' || payload === null || payload instanceof Uint8Array)
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'The payload must be an object that has the fields of the group.',
    );
  const { values, problems } = captureFields(group.fields, payload, 'payload');
  if (values.length > 0) await store.set({ groupId: group.id, subject, values, now });
  return problems;
}
