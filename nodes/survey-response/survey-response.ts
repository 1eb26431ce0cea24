import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { sourceOf, type ReadResponse } from '../../src/survey/sources/sources.ts';
import { asError, attempt } from '../shared/runtime/failure.ts';
import { expandEnv } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';

interface SurveyResponseDef extends NodeDef {
  source?: string;
}

const STATUS = {
  inconsistent: { fill: 'yellow', shape: 'dot', text: 'survey-response.status.inconsistent' },
  unreadable: { fill: 'red', shape: 'ring', text: 'survey-response.status.unreadable' },
  error: { fill: 'red', shape: 'ring', text: 'survey-response.status.error' },
} as const;

/** Turns the payload of a survey system into a survey response, as payload and as `msg.survey`. */
export default function register(RED: NodeAPI): void {
  function SurveyResponse(this: Node, config: SurveyResponseDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const source = attempt(() => sourceOf(expandEnv(RED, this, config.source ?? '') || 'auto'));
    if (source instanceof Error) {
      status.show(STATUS.error);
      this.error(source.message);
    }

    this.on('input', (message, send, done) => {
      if (source instanceof Error) {
        done(source);
        return;
      }
      try {
        const result = source(message.payload);
        write(message, result, RED);
        for (const { message: words } of result.violations) this.warn(words);
        status.show(result.violations.length === 0 ? {} : STATUS.inconsistent);
        send(message);
        done();
      } catch (error) {
        status.show(STATUS.unreadable);
        done(asError(error));
      }
    });
  }
  RED.nodes.registerType('survey-response', SurveyResponse);
}

/** The payload is a copy: what a flow does to it leaves `msg.survey` as it is. */
function write(message: NodeMessage, { response, violations }: ReadResponse, RED: NodeAPI): void {
  Object.assign(message, { survey: response, payload: RED.util.cloneMessage({ payload: response }).payload });
  if (violations.length > 0) Object.assign(message, { violations });
  else Reflect.deleteProperty(message, 'violations');
}
