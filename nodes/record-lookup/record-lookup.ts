import type { Node, NodeAPI, NodeDef, NodeMessage, NodeStatus } from 'node-red';
import { systemClock } from '../../src/platform/clock.ts';
import { lookUp, type LookupResult } from '../../src/records/lookup.ts';
import { giveBackEvent } from '../shared/runtime/engine/hook-inbox.ts';
import { joinStore } from '../shared/runtime/engine/join-store.ts';
import { attempt, fail } from '../shared/runtime/failure.ts';
import { messageValue } from '../shared/runtime/message-value.ts';
import { expandEnv } from '../shared/runtime/settings.ts';
import { readLookup, type LookupSettings } from './lookup-settings.ts';

const STATUS = {
  open: { fill: 'green', shape: 'dot', text: 'record-lookup.status.ready' },
  closed: { fill: 'grey', shape: 'ring', text: 'record-lookup.status.closed' },
  down: { fill: 'red', shape: 'ring', text: 'record-lookup.status.store-down' },
  found: { fill: 'green', shape: 'dot', text: 'record-lookup.status.found' },
  notFound: { fill: 'yellow', shape: 'ring', text: 'record-lookup.status.not-found' },
  noValue: { fill: 'yellow', shape: 'ring', text: 'record-lookup.status.no-value' },
  error: { fill: 'red', shape: 'ring', text: 'record-lookup.status.error' },
} as const;

/** Puts what the store knows of an account or a contact, or a list for a report, on the message. */
export default function register(RED: NodeAPI): void {
  function RecordLookup(this: Node, config: NodeDef & LookupSettings): void {
    RED.nodes.createNode(this, config);
    const settings = attempt(() => ({
      ...readLookup(config, (text) => expandEnv(RED, this, text)),
      readValue: messageValue(RED, this, {
        value: config.value || 'payload',
        type: config.valueType ?? '',
        title: 'The value to look up',
      }),
    }));
    if (settings instanceof Error) this.error(settings.message);
    const store = joinStore(RED, this, {
      ...STATUS,
      open: settings instanceof Error ? STATUS.error : STATUS.open,
    });

    const find = async (message: NodeMessage) => {
      if (settings instanceof Error) throw settings;
      const { lookup, days, readValue } = settings;
      const value = await readValue(message);
      const { records } = await store.open();
      const result = await lookUp(records, { lookup, days, value, now: systemClock.now() });
      return { lookup, result };
    };

    this.on('input', (message, send, done) => {
      find(message)
        .then(({ lookup, result }) => {
          store.show(statusAfter(result, RED));
          const { payload, count, isCut } = result;
          send(Object.assign(message, { payload, lookup: { lookup, count, isCut } }));
          done();
        })
        .catch((error: unknown) => {
          store.show(STATUS.error);
          giveBackEvent(RED, message, error);
          fail(this, done, error);
        });
    });
  }
  RED.nodes.registerType('record-lookup', RecordLookup);
}

function statusAfter({ payload, count, isWithoutValue }: LookupResult, RED: NodeAPI): NodeStatus {
  if (isWithoutValue) return STATUS.noValue;
  if (!Array.isArray(payload)) return count === 0 ? STATUS.notFound : STATUS.found;
  return { fill: 'green', shape: 'dot', text: RED._('record-lookup.status.number-found', { number: count }) };
}
