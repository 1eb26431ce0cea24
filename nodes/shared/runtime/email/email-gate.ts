import type { NodeAPI } from 'node-red';
import { EmailGate } from '../../../../src/email/email-gate.ts';
import { MailReader } from '../../../../src/email/mail-reader.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { newId } from '../../../../src/platform/ids.ts';

/** Reads the mails of this process. */
export const mailReader = new MailReader({ clock: systemClock });

const gate = new EmailGate({ clock: systemClock, newId, reader: mailReader });

const watched = new WeakSet<NodeAPI['events']>();

/** As Node-RED tells it: the flows as they are, or as they will be after the deploy that stops them. */
interface FlowsEvent {
  readonly config: object;
}

/** The gate for mail of this process. It is open while the flows run, and its listeners end when Node-RED stops. */
export function emailGate({ events, nodes }: NodeAPI): EmailGate {
  if (watched.has(events)) return gate;
  watched.add(events);
  let runningConfig: object | undefined;
  events.on('flows:stopping', ({ config }: FlowsEvent) => {
    // A deploy has put other flows in place by now; the end of Node-RED, or of all flows, has not.
    if (config === runningConfig) void gate.stop();
    else gate.shut();
  });
  events.on('flows:started', ({ config }: FlowsEvent) => {
    runningConfig = config;
    gate.keepListeners((id) => Boolean(nodes.getNode(id)));
    gate.open();
  });
  return gate;
}
