import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { readLogQuery, type LogQueryParameters } from '../../src/delivery/log-query.ts';
import { HookError } from '../../src/errors.ts';
import { deliveryJson } from '../shared/runtime/admin-api/delivery-json.ts';
import { giveBackEvent } from '../shared/runtime/engine/hook-inbox.ts';
import { joinStore } from '../shared/runtime/engine/join-store.ts';
import { fail } from '../shared/runtime/failure.ts';
import { STATUS } from './status.ts';

/** Puts a page of the log on each message. */
export function answerQueries(RED: NodeAPI, node: Node, settings: LogQueryParameters): void {
  const store = joinStore(RED, node, STATUS);

  const find = async (message: NodeMessage) => {
    const query = readLogQuery({ ...settings, ...ownQuery(message) });
    const { log } = await store.open();
    return log.list(query);
  };

  node.on('input', (message, send, done) => {
    find(message)
      .then(({ items, nextCursor }) => {
        const text = RED._('webhook-log.status.number-found', { number: items.length });
        store.show({ fill: 'green', shape: 'dot', text });
        send(Object.assign(message, { payload: items.map(deliveryJson), nextCursor: nextCursor ?? null }));
        done();
      })
      .catch((error: unknown) => {
        store.show(STATUS.error);
        giveBackEvent(RED, message, error);
        fail(node, done, error);
      });
  });
}

/** What the message asks for itself; what it leaves out is as the settings say. */
function ownQuery(message: NodeMessage): LogQueryParameters {
  const { query } = message as { readonly query?: unknown };
  if (query === undefined || query === null) return {};
  if (typeof query !== 'object' || Array.isArray(query))
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'msg.query must be an object, such as {"status":"Failed"}.',
    );
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
