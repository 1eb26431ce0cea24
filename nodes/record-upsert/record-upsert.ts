import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { readHookRequest } from '../../src/delivery/hook-request.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { explainConflict } from '../../src/records/explain-conflict.ts';
import { explainRefusal } from '../../src/records/explain-refusal.ts';
import { readMessagePart } from '../../src/records/message-part.ts';
import { readReceivedAt } from '../../src/records/received-at.ts';
import { readRecord } from '../../src/records/read-record.ts';
import type { StoredRecord } from '../../src/records/record-store.ts';
import type { Violation } from '../../src/violation.ts';
import { giveBackEvent } from '../shared/runtime/engine/hook-inbox.ts';
import { joinStore } from '../shared/runtime/engine/join-store.ts';
import { fail } from '../shared/runtime/failure.ts';
import { refuseRecord } from '../shared/runtime/refuse-record.ts';

const STATUS = {
  open: { fill: 'green', shape: 'dot', text: 'record-upsert.status.ready' },
  closed: { fill: 'grey', shape: 'ring', text: 'record-upsert.status.closed' },
  down: { fill: 'red', shape: 'ring', text: 'record-upsert.status.store-down' },
  failed: { fill: 'yellow', shape: 'dot', text: 'record-upsert.status.failed' },
  error: { fill: 'red', shape: 'ring', text: 'record-upsert.status.error' },
} as const;

/** What of a message a flow may have made of anything. */
type Message = NodeMessage & {
  readonly record?: unknown;
  readonly survey?: unknown;
  readonly hook?: unknown;
  readonly parts?: unknown;
};

type Outcome =
  | { readonly kind: 'stored'; readonly written: object }
  | { readonly kind: 'failed'; readonly violations: readonly Violation[] };

/** Stores records: out of the first output go those that are stored, out of the second those that cannot be, with the reasons. */
export default function register(RED: NodeAPI): void {
  function RecordUpsert(this: Node, config: NodeDef): void {
    RED.nodes.createNode(this, config);
    const store = joinStore(RED, this, STATUS);

    const upsert = async ({ payload, record, survey, hook, parts }: Message): Promise<Outcome> => {
      const now = systemClock.now();
      const source = {
        requestId: readHookRequest(hook)?.id,
        part: readMessagePart(parts),
        nodeId: this.id,
        receivedAt: readReceivedAt(hook, now),
      };
      const read = readRecord({ payload, record, survey }, source);
      if (read.kind === 'invalid') return { kind: 'failed', violations: read.violations };
      const { records } = await store.open();
      try {
        const result = await records.upsert({ change: read.change, now });
        return result.kind === 'stored'
          ? { kind: 'stored', written: writtenOf(read.record, result) }
          : { kind: 'failed', violations: [explainConflict(result, read.nameOf)] };
      } catch (error) {
        const refusal = explainRefusal(error);
        if (!refusal) throw error;
        return { kind: 'failed', violations: [refusal] };
      }
    };

    this.on('input', (message, send, done) => {
      upsert(message)
        .then((outcome) => {
          const isStored = outcome.kind === 'stored';
          store.show(isStored ? STATUS.open : STATUS.failed);
          if (isStored) send([Object.assign(message, outcome.written), null]);
          else send([null, refuseRecord(message, outcome.violations)]);
          done();
        })
        .catch((error: unknown) => {
          store.show(STATUS.error);
          giveBackEvent(RED, message, error);
          fail(this, done, error);
        });
    });
  }
  RED.nodes.registerType('record-upsert', RecordUpsert);
}

/** What is put on a message whose record is stored. */
const writtenOf = (record: object, { outcome, id, invitation }: StoredRecord): object => ({
  record: { ...record, outcome, id },
  ...(invitation && { invitation }),
});
