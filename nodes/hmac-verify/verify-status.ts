import type { NodeStatus } from 'node-red';
import { REJECTIONS, type RejectionReason } from '../../src/signature/scheme.ts';

const rejectionStatus = (reason: RejectionReason): NodeStatus => ({
  fill: reason === 'secret-missing' ? 'red' : 'yellow',
  shape: reason === 'secret-missing' ? 'ring' : 'dot',
  text: `hmac-verify.status.${reason}`,
});

const rejections = Object.fromEntries(
  (Object.keys(REJECTIONS) as RejectionReason[]).map((reason) => [reason, rejectionStatus(reason)]),
) as Readonly<Record<RejectionReason, NodeStatus>>;

/** What the node shows of the last message: why it was rejected, or that it could not be judged. */
export const STATUS = {
  ...rejections,
  parsed: { fill: 'red', shape: 'ring', text: 'hmac-verify.status.parsed' },
} as const;
