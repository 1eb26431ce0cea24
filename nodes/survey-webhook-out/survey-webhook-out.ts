import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import type { Report } from '../../src/delivery/delivery-store.ts';
import { toIds } from '../../src/delivery/endpoint/endpoint-ids.ts';
import { outcomeMessage } from '../../src/delivery/outcome-message.ts';
import { engineHost, type EngineState } from '../shared/runtime/engine/engine-host.ts';
import { giveBackEvent } from '../shared/runtime/engine/hook-inbox.ts';
import { fail } from '../shared/runtime/failure.ts';
import { messageSubject } from '../shared/runtime/message-subject.ts';
import { namedNode } from '../shared/runtime/named-node.ts';
import { problemWarnings } from '../shared/runtime/problem-warnings.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { methodWarning } from './method-warning.ts';
import { endpointIdsOf, readRequest, webhookIdPropertyOf, type OutSettings } from './request.ts';
import { skipWarning } from './skip-warning.ts';

type OutDef = NodeDef & OutSettings;

const STATUS = {
  open: { fill: 'green', shape: 'dot', text: 'survey-webhook-out.status.ready' },
  closed: { fill: 'grey', shape: 'ring', text: 'survey-webhook-out.status.closed' },
  down: { fill: 'red', shape: 'ring', text: 'survey-webhook-out.status.store-down' },
  empty: { fill: 'yellow', shape: 'ring', text: 'survey-webhook-out.status.no-endpoint' },
  unusable: { fill: 'red', shape: 'ring', text: 'survey-webhook-out.status.endpoint-unusable' },
} as const;

/** Hands messages to the delivery engine and tells what became of them. */
export default function register(RED: NodeAPI): void {
  function SurveyWebhookOut(this: Node, config: OutDef): void {
    RED.nodes.createNode(this, config);
    const host = engineHost(RED);
    const capture = namedNode(RED, this, { setting: 'capture', value: config.capture });
    const settings = { ...expandSettings(RED, this, config), capture };
    const readSubject = messageSubject(RED, this, config);
    const isEmpty = toIds(settings.endpoints).length === 0;
    const status = statusOf(this);
    let hasUnusable = false;

    const show = (state: EngineState) => {
      const running = state === 'open' && hasUnusable ? STATUS.unusable : STATUS[state];
      status.show(isEmpty ? STATUS.empty : running);
    };
    const unlisten = host.onState(show);
    const stopLooking = host.onFlowsRun(() => {
      const ids = endpointIdsOf(settings, this, host.endpoints);
      hasUnusable = ids.some((id) => !host.endpoints.find(id));
      show(host.state);
    });
    const warnOfMethod = methodWarning({ node: this, endpoints: host.endpoints, RED });
    const warnOfSkipped = skipWarning({ node: this, endpoints: host.endpoints, RED });
    const leave = host.join(this.id, tellerOf(this));

    this.on('input', (message, send, done) => {
      accept(message)
        .then(() => {
          send([message, null, null]);
          done();
        })
        .catch((error: unknown) => {
          giveBackEvent(RED, message, error);
          fail(this, done, error);
        });
    });

    const accept = async (message: NodeMessage): Promise<void> => {
      const request = readRequest(message, {
        settings,
        node: this,
        endpoints: host.endpoints,
        readSubject,
        RED,
      });
      warnOfMethod(message, request.endpointIds);
      const { engine } = await host.get();
      const { deliveries, skipped } = await engine.accept(request);
      warnOfSkipped(skipped);
      const webhookId = deliveries[0]?.webhookId;
      // A redelivered message is given the id that its deliveries went out with before.
      if (webhookId !== undefined && webhookId !== request.webhookId)
        RED.util.setMessageProperty(message, webhookIdPropertyOf(settings), webhookId, true);
      Object.assign(message, { delivery: deliveries[0], deliveries, deliveriesSkipped: skipped });
    };

    this.on('close', (_removed: boolean, done: () => void) => {
      unlisten();
      stopLooking();
      void leave().finally(done);
    });
  }
  RED.nodes.registerType('survey-webhook-out', SurveyWebhookOut);
}

function tellerOf(node: Node): (report: Report) => void {
  const warnOfProblems = problemWarnings(node);
  return (report) => {
    const { hasSucceeded, message } = outcomeMessage(report);
    const { externalData } = message;
    if (externalData) warnOfProblems(externalData.group, externalData.problems);
    node.send(hasSucceeded ? [null, message, null] : [null, null, message]);
  };
}
