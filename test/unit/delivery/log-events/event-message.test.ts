import assert from 'node:assert/strict';
import { eventMessage } from '../../../../src/delivery/log-events/event-message.ts';
import type { LogEventDetail } from '../../../../src/delivery/log-events/log-event.ts';
import { ACCEPTED_AT, aDelivery } from '../../../support/deliveries.ts';

const tell = (detail: LogEventDetail) =>
  eventMessage({ id: 7, endpointId: 'a', endpointName: 'Slack', at: ACCEPTED_AT, detail });
const HEAD = { at: '2026-01-01T00:00:00.000Z', endpoint: 'a', endpointName: 'Slack' };

describe('eventMessage', () => {
  it('tells of a failed delivery what the log shows of it, and no more', () => {
    const delivery = aDelivery(
      {
        kind: 'failed',
        finishedAt: ACCEPTED_AT + 1000,
        reason: 'attempts-used-up',
        message: 'Slack answered 500.',
      },
      { attempts: 5, lastResponseCode: 500, lastResponse: 'whatever the endpoint says' },
    );
    assert.deepEqual(tell({ kind: 'failed', delivery }), {
      topic: 'failed',
      payload: {
        event: 'failed',
        ...HEAD,
        delivery: {
          id: 'd1',
          webhookId: 'msg_1',
          listeningPost: 'Transactional',
          attempts: 5,
          statusCode: 500,
          error: 'Slack answered 500.',
          createdAt: '2026-01-01T00:00:00.000Z',
          finishedAt: '2026-01-01T00:00:01.000Z',
        },
      },
      logEvent: { id: 7, event: 'failed' },
    });
  });

  it('has null for the status code where no response came', () => {
    const failed = { kind: 'failed', finishedAt: 0, reason: 'expired', message: 'It waited.' } as const;
    const { payload } = tell({ kind: 'failed', delivery: aDelivery(failed) });
    assert.equal(payload.event === 'failed' && payload.delivery.statusCode, null);
  });

  it('tells whether an endpoint was disabled or enabled, and why', () => {
    assert.deepEqual(tell({ kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' }), {
      topic: 'endpoint-disabled',
      payload: { event: 'endpoint-disabled', ...HEAD, disabled: true, reason: 'gone' },
      logEvent: { id: 7, event: 'endpoint-disabled' },
    });
    const { payload } = tell({ kind: 'endpoint-disabled', isDisabled: false, reason: 'changed' });
    assert.deepEqual(payload, { event: 'endpoint-disabled', ...HEAD, disabled: false, reason: 'changed' });
  });

  it('tells whether a circuit opened or closed, and when the endpoint is tried again', () => {
    const probeAt = ACCEPTED_AT + 30_000;
    assert.deepEqual(tell({ kind: 'circuit', state: 'open', message: 'It answered 503.', probeAt }).payload, {
      event: 'circuit',
      ...HEAD,
      state: 'open',
      error: 'It answered 503.',
      nextProbeAt: '2026-01-01T00:00:30.000Z',
    });
    assert.deepEqual(tell({ kind: 'circuit', state: 'closed' }).payload, {
      event: 'circuit',
      ...HEAD,
      state: 'closed',
      error: '',
      nextProbeAt: null,
    });
  });
});
