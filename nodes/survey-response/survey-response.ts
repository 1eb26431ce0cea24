import type { Node, NodeAPI, NodeDef, NodeMessage, NodeStatus } from 'node-red';
import {
  compileSource,
  type ReadPayload,
  type SourceId,
  type SourceSettings,
} from '../../src/survey/sources/sources.ts';
import type { Violation } from '../../src/violation.ts';
import { attempt, fail } from '../shared/runtime/failure.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { compileMappedValues } from './mapped-values.ts';

type SurveyResponseDef = NodeDef & SourceSettings;
type Read = (message: NodeMessage) => Promise<ReadPayload>;

const STATUS = {
  inconsistent: { fill: 'yellow', shape: 'dot', text: 'survey-response.status.inconsistent' },
  unreadable: { fill: 'red', shape: 'ring', text: 'survey-response.status.unreadable' },
  error: { fill: 'red', shape: 'ring', text: 'survey-response.status.error' },
} as const;

/** What a payload was taken for where the node was to recognise it. */
const RECOGNISED: Partial<Readonly<Record<SourceId, string>>> = {
  'cio-pulse': 'survey-response.status.cioPulse',
  customergauge: 'survey-response.status.customergauge',
  delighted: 'survey-response.status.delighted',
  typeform: 'survey-response.status.typeform',
};

/** More is in the message; a line that nobody reads to its end says no more. */
const MOST_WARNED = 10;

/** Turns the payload of a survey system into a survey response, as payload and as `msg.survey`. */
export default function register(RED: NodeAPI): void {
  function SurveyResponse(this: Node, config: SurveyResponseDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const read = attempt(() => compile(RED, this, config));
    if (read instanceof Error) {
      status.show(STATUS.error);
      this.error(read.message);
    }

    this.on('input', (message, send, done) => {
      if (read instanceof Error) {
        fail(this, done, read);
        return;
      }
      read(message)
        .then((result) => {
          write(message, result, RED);
          warn(this, result.violations);
          status.show(statusFor(result));
          send(message);
          done();
        })
        .catch((error: unknown) => {
          status.show(STATUS.unreadable);
          fail(this, done, error);
        });
    });
  }
  RED.nodes.registerType('survey-response', SurveyResponse);
}

function compile(RED: NodeAPI, node: Node, config: SurveyResponseDef): Read {
  const { source, map, metric, scaleMin, scaleMax, direction, factors } = config;
  const compiled = compileSource({
    ...expandSettings(RED, node, { source, metric, scaleMin, scaleMax, direction, factors }),
    map: Array.isArray(map) ? map.map((row: unknown) => expandRow(RED, node, row)) : map,
  });
  const mappedValues = compileMappedValues(RED, node, compiled.mappedRows);
  return async (message) => compiled.read({ payload: message.payload, message }, await mappedValues(message));
}

/** A JSONata expression has a `$env` of its own, and `${…}` means something else in it. */
function expandRow(RED: NodeAPI, node: Node, row: unknown): unknown {
  const isExpression =
    typeof row === 'object' && row !== null && 'valueType' in row && row.valueType === 'jsonata';
  return isExpression ? row : expandSettings(RED, node, row);
}

function statusFor({ recognisedAs, violations }: ReadPayload): NodeStatus {
  if (violations.length > 0) return STATUS.inconsistent;
  const text = recognisedAs && RECOGNISED[recognisedAs];
  return text ? { fill: 'grey', shape: 'dot', text } : {};
}

/** Strangers write what is warned of, so one message is one line. */
function warn(node: Node, violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const said = violations.slice(0, MOST_WARNED).map(({ message }) => message);
  node.warn(said.join(' '));
}

/** The payload is a copy: what a flow does to it leaves `msg.survey` as it is. */
function write(message: NodeMessage, { response, violations }: ReadPayload, RED: NodeAPI): void {
  Object.assign(message, { survey: response, payload: RED.util.cloneMessage({ payload: response }).payload });
  if (violations.length > 0) Object.assign(message, { violations });
  else Reflect.deleteProperty(message, 'violations');
}
