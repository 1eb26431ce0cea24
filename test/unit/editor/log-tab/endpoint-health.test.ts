import assert from 'node:assert/strict';
import {
  healthOf,
  needsLook,
  type Health,
} from '../../../../nodes/webhook-log-tab/editor/endpoints/endpoint-health.ts';
import type { EndpointRow } from '../../../../nodes/webhook-log-tab/editor/endpoints/endpoint-row.ts';

const delivering: EndpointRow = {
  id: 'e',
  name: 'Slack',
  url: 'https://hooks.slack.example/[secret]',
  enabled: true,
  disabledReason: null,
  tested: false,
  circuit: 'closed',
  nextProbeAt: null,
  waiting: null,
  pending: 0,
  succeeded: 3,
  failed: 0,
  lastSuccessAt: '2026-01-31T12:00:00.000Z',
  failingSince: null,
  linkedNodes: [],
  problems: [],
};
const failingSince = '2026-01-31T12:00:05.000Z';
const nobodyCanSay = {
  enabled: null,
  tested: null,
  circuit: null,
  pending: null,
  succeeded: null,
  failed: null,
  lastSuccessAt: null,
} as const;

describe('How an endpoint is', () => {
  const cases: readonly [string, Partial<EndpointRow>, Health][] = [
    ['delivering', {}, 'delivering'],
    ['unused where nothing was sent yet', { succeeded: 0, lastSuccessAt: null }, 'unused'],
    ['failing since its last success', { failingSince }, 'failing'],
    [
      'paused while its circuit is open',
      { circuit: 'open', waiting: 'circuit-open', failingSince },
      'paused',
    ],
    ['trying while a probe is under way', { circuit: 'half-open', waiting: 'circuit-open' }, 'trying'],
    ['waiting for a test', { waiting: 'endpoint-untested', failingSince }, 'untested'],
    ['off by its settings', { enabled: false, waiting: 'endpoint-off', failingSince }, 'off'],
    ['off by hand', { enabled: false, disabledReason: 'by-hand', waiting: 'endpoint-off' }, 'by-hand'],
    ['gone', { enabled: false, disabledReason: 'gone', circuit: 'open' }, 'gone'],
    ['wrong', { ...nobodyCanSay, url: null, problems: [{ setting: 'url', message: 'no' }] }, 'wrong'],
    ['unknown while the store is down', nobodyCanSay, 'unknown'],
  ];
  for (const [title, row, health] of cases)
    it(`is ${title}`, () => assert.equal(healthOf({ ...delivering, ...row }), health));

  it('asks for a look where nobody chose it and deliveries suffer', () => {
    const all = cases.map(([, , health]) => health);
    assert.deepEqual(
      all.filter((health) => !needsLook(health)),
      ['delivering', 'unused', 'off', 'by-hand'],
    );
  });
});
