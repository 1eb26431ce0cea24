import type { Node, NodeAPI, NodeStatus } from 'node-red';
import { eventMessage } from '../../src/delivery/log-events/event-message.ts';
import type { LogEvent, LogEventKind } from '../../src/delivery/log-events/log-event.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { joinStore } from '../shared/runtime/engine/join-store.ts';
import { STATUS } from './status.ts';

/** Sends a message for each event of these kinds, and shows the last one. */
export function tellEvents(RED: NodeAPI, node: Node, kinds: readonly LogEventKind[]): void {
  const isIdle = kinds.length === 0;
  const store = joinStore(RED, node, { ...STATUS, open: isIdle ? STATUS.noEvents : STATUS.listening });
  if (!isIdle) {
    const leave = engineHost(RED).logEventReaders.set(node.id, {
      kinds,
      tell(event) {
        store.show(statusAfter(event, RED));
        node.send(eventMessage(event));
      },
    });
    node.on('close', leave);
  }

  let hasWarned = false;
  node.on('input', (_message, _send, done) => {
    if (!hasWarned) node.warn(RED._('webhook-log.warnings.input'));
    hasWarned = true;
    done();
  });
}

function statusAfter({ endpointName, detail }: LogEvent, RED: NodeAPI): NodeStatus {
  const say = (key: string): string => RED._(`webhook-log.status.${key}`, { name: shorten(endpointName) });
  switch (detail.kind) {
    case 'failed':
      return { fill: 'red', shape: 'dot', text: say('failed') };
    case 'endpoint-disabled':
      return detail.isDisabled
        ? { fill: 'red', shape: 'dot', text: say('disabled') }
        : { fill: 'green', shape: 'dot', text: say('enabled') };
    case 'circuit':
      return detail.state === 'open'
        ? { fill: 'red', shape: 'dot', text: say('circuit-open') }
        : { fill: 'green', shape: 'dot', text: say('circuit-closed') };
  }
}

/** Long enough to know an endpoint by, short enough to stand beneath a node. */
const LONGEST_NAME = 20;

const shorten = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).trimEnd()}…` : name;
