import { derivedId, newId } from '../platform/ids.ts';
import { textKey } from '../text-key.ts';
import type { ContactPart, InvitationChange } from './record-store.ts';

/** Where a record comes from. */
export interface RecordSource {
  /** Of the hook's request that it descends from, if there is one. */
  readonly requestId: string | undefined;
  /** Which part of that request it is, where a flow has split it. */
  readonly part: readonly number[];
  /** The node that stores it. */
  readonly nodeId: string;
  /** When it was received, epoch ms. */
  readonly receivedAt: number;
}

/** Gives an invitation its id. */
export type InvitationIds = (
  invitation: Pick<InvitationChange, 'touchpoint'> & {
    readonly contact: Pick<ContactPart, 'email' | 'phone'>;
  },
) => string;

/** Ids that are the same when the same request comes again, so that it invites nobody twice; new ones where there is no request. */
export const invitationIds =
  ({ requestId, part, nodeId }: Pick<RecordSource, 'requestId' | 'part' | 'nodeId'>): InvitationIds =>
  ({ contact: { email, phone }, touchpoint }) => {
    if (requestId === undefined) return newId();
    const invited = [email?.key ?? '', phone?.key ?? '', textKey(touchpoint)];
    return derivedId(['invitation', requestId, nodeId, ...invited, ...part.map(String)]);
  };
