import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import {
  compileFilter,
  type ResponseFilter,
  type ResponseFilterSettings,
} from '../../src/survey/response-filter.ts';
import { parseSurveyResponse } from '../../src/survey/survey-response.ts';
import { asError, attempt } from '../shared/runtime/failure.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';

type ResponseFilterDef = NodeDef & ResponseFilterSettings;

const STATUS = {
  invalidSettings: { fill: 'red', shape: 'ring', text: 'response-filter.status.invalid-settings' },
  noResponse: { fill: 'red', shape: 'ring', text: 'response-filter.status.no-response' },
} as const;

/** Sends wanted survey responses out of the first output and all others out of the second, each as it came. */
export default function register(RED: NodeAPI): void {
  function ResponseFilterNode(this: Node, config: ResponseFilterDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const filter = attempt(() => compileFilter(expandSettings(RED, this, config)));
    if (filter instanceof Error) {
      status.show(STATUS.invalidSettings);
      this.error(filter.message);
    }

    this.on('input', (message, send, done) => {
      if (filter instanceof Error) {
        done(filter);
        return;
      }
      try {
        const isWanted = isMatch(filter, message);
        status.show({});
        send(isWanted ? [message, null] : [null, message]);
        done();
      } catch (error) {
        status.show(STATUS.noResponse);
        done(asError(error));
      }
    });
  }
  RED.nodes.registerType('response-filter', ResponseFilterNode);
}

function isMatch(filter: ResponseFilter, message: NodeMessage & { survey?: unknown }): boolean {
  return filter(parseSurveyResponse(message.survey ?? message.payload));
}
