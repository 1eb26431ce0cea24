import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import {
  compileFilter,
  type ResponseFilter,
  type ResponseFilterSettings,
} from '../../src/survey/response-filter.ts';
import { textOf } from '../../src/platform/settings-check.ts';
import { parseSurveyResponse } from '../../src/survey/survey-response.ts';
import { attempt, fail } from '../shared/runtime/failure.ts';
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
    const filter = attempt(() => compileFilter(readSettings(RED, this, config)));
    if (filter instanceof Error) {
      status.show(STATUS.invalidSettings);
      this.error(filter.message);
    }

    this.on('input', (message, send, done) => {
      if (filter instanceof Error) {
        fail(this, done, filter);
        return;
      }
      try {
        const isWanted = isMatch(filter, message);
        status.show({});
        send(isWanted ? [message, null] : [null, message]);
        done();
      } catch (error) {
        status.show(STATUS.noResponse);
        fail(this, done, error);
      }
    });
  }
  RED.nodes.registerType('response-filter', ResponseFilterNode);
}

const TEXTS = ['scores', 'comment', 'driversMode'] as const;

/** Throws HOOK_CONFIG_INVALID where variables leave nothing of a text: without it the filter would let through what nobody asked for. */
function readSettings(RED: NodeAPI, node: Node, config: ResponseFilterDef): ResponseFilterSettings {
  const settings = expandSettings(RED, node, config);
  const lost = TEXTS.find(
    (name) => textOf(config[name]).trim() !== '' && textOf(settings[name]).trim() === '',
  );
  if (lost === undefined) return settings;
  throw new HookError(
    'HOOK_CONFIG_INVALID',
    `The filter is not valid. ${lost}: Its environment variable is not set, or empty.`,
  );
}

function isMatch(filter: ResponseFilter, message: NodeMessage & { survey?: unknown }): boolean {
  return filter(parseSurveyResponse(message.survey ?? message.payload));
}
