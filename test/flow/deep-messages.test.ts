import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import hmacSign from '../../nodes/hmac-sign/hmac-sign.ts';
import hmacVerify from '../../nodes/hmac-verify/hmac-verify.ts';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import mappingValidator from '../../nodes/mapping-validator/mapping-validator.ts';
import payloadFormat from '../../nodes/payload-format/payload-format.ts';
import recordLookup from '../../nodes/record-lookup/record-lookup.ts';
import responseFilter from '../../nodes/response-filter/response-filter.ts';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { catchNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

const NODES = [
  hookStore,
  webhookEndpoint,
  surveyWebhookOut,
  payloadFormat,
  surveyResponse,
  responseFilter,
  mappingValidator,
  hmacSign,
  hmacVerify,
  recordLookup,
  catchNode,
];

/** Deeper than Node-RED can copy, as a body that came in over core `http in` may be. */
function deepValue(): unknown {
  let value: unknown = {};
  for (let level = 0; level < 20_000; level++) value = { inner: value };
  return value;
}

describe('A message that Node-RED cannot copy for a Catch node', () => {
  let runtime: FlowRuntime;
  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  for (const [type, settings] of [
    ['survey-response', { source: 'cio-pulse' }],
    ['payload-format', { format: 'slack' }],
    ['response-filter', {}],
    ['survey-webhook-out', { endpoints: [] }],
    ['mapping-validator', { mapping: 'none' }],
    ['hmac-sign', {}],
    ['hmac-verify', {}],
    ['record-lookup', { lookup: 'nothing' }],
  ] as const)
    it(`is an error of ${type} that the log tells of, and ends nothing`, async () => {
      await runtime.load(NODES, [
        { id: 'tab', type: 'tab' },
        { id: 'n', z: 'tab', type, ...settings, wires: [[], []] },
        { id: 'errors', z: 'tab', type: 'catch', scope: null, wires: [[]] },
      ]);
      const deployed = runtime.callsOf('n', 'error').length;
      const message: unknown = { payload: { ...sample, Other: deepValue() } };
      runtime.node('n').receive(message as NodeMessage);
      const reported = () => runtime.callsOf('n', 'error').slice(deployed);
      await until(() => reported().some((call) => call.length === 1), { what: () => 'an error in the log' });
      assert.notEqual(reported().at(-1)?.[0], '');
    });
});
