import type { Node, NodeAPI, NodeDef } from 'node-red';
import { attempt, fail } from '../shared/runtime/failure.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { answerQueries } from './answer-queries.ts';
import { readLogSettings, type LogSettings } from './log-settings.ts';
import { STATUS } from './status.ts';
import { tellEvents } from './tell-events.ts';

/** Looks deliveries up in the log, or tells when something is wrong with one or with an endpoint. */
export default function register(RED: NodeAPI): void {
  function WebhookLog(this: Node, config: NodeDef & LogSettings): void {
    RED.nodes.createNode(this, config);
    const work = attempt(() => readLogSettings(expandSettings(RED, this, config)));
    if (work instanceof Error) {
      this.error(work.message);
      statusOf(this).show(STATUS.error);
      this.on('input', (_message, _send, done) => fail(this, done, work));
    } else if (work.mode === 'query') answerQueries(RED, this, work.query);
    else tellEvents(RED, this, work.kinds);
  }
  RED.nodes.registerType('webhook-log', WebhookLog);
}
