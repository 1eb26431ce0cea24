import assert from 'node:assert/strict';
import { deliveryDetailJson } from '../../../../nodes/shared/runtime/admin-api/delivery-json.ts';
import type { AttemptRecord, MaskedRequest } from '../../../../src/delivery/delivery-store.ts';
import { ACCEPTED_AT, aDelivery, anEvent } from '../../../support/deliveries.ts';

const anAttempt = (number: number, request: MaskedRequest | undefined): AttemptRecord => ({
  number,
  manual: false,
  outcome: 'succeeded',
  startedAt: ACCEPTED_AT,
  durationMs: 1,
  statusCode: 200,
  error: '',
  request,
  responseHeaders: {},
  responseBody: new Uint8Array(),
  isResponseCut: false,
});

describe('The details of a delivery', () => {
  it('have the warnings of each attempt, also of those from before there were any', () => {
    const request = { method: 'POST', url: 'https://x.example/', headers: [] };
    const warning = '{{ticketId}} has no value, so nothing stands in its place.';
    const { attemptLog } = deliveryDetailJson({
      delivery: aDelivery({ kind: 'succeeded', finishedAt: ACCEPTED_AT }),
      event: anEvent(),
      attempts: [
        anAttempt(1, undefined),
        anAttempt(2, request),
        anAttempt(3, { ...request, warnings: [warning] }),
      ],
    });
    assert.deepEqual(
      attemptLog.map(({ warnings }) => warnings),
      [[], [], [warning]],
    );
  });

  it('tell why a delivery waits by how its endpoint is now, where that is known', () => {
    const entry = {
      delivery: aDelivery({ kind: 'waiting', reason: 'endpoint-untested', waitingSince: ACCEPTED_AT }),
      event: anEvent(),
      attempts: [],
    };
    assert.equal(deliveryDetailJson(entry, 'endpoint-off').reason, 'endpoint-off');
    assert.equal(deliveryDetailJson(entry).reason, 'endpoint-untested');
  });

  it('tell of no reason to wait where a delivery does not', () => {
    const entry = {
      delivery: aDelivery({ kind: 'succeeded', finishedAt: ACCEPTED_AT }),
      event: anEvent(),
      attempts: [],
    };
    assert.equal(deliveryDetailJson(entry, 'endpoint-off').reason, null);
  });
});
