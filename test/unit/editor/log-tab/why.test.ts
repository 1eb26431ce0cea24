import assert from 'node:assert/strict';
import type {
  Attempt,
  DeliveryDetail,
} from '../../../../nodes/webhook-log-tab/editor/deliveries/delivery.ts';
import { adviceFor } from '../../../../nodes/webhook-log-tab/editor/detail/failure-advice.ts';
import { whyTexts } from '../../../../nodes/webhook-log-tab/editor/detail/why.ts';
import { readWords } from '../../../support/pack-files.ts';

const attempt: Attempt = {
  number: 1,
  manual: false,
  outcome: 'failed',
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 12,
  statusCode: 503,
  error: 'The receiver answered 503.',
  warnings: [],
  responseHeaders: {},
  responseBody: '',
  responseCut: false,
};

const detail = (fields: Partial<DeliveryDetail>, last: Partial<Attempt> = {}): DeliveryDetail => ({
  id: 'd',
  webhookId: 'msg',
  listeningPost: 'Transactional',
  endpoint: 'e',
  endpointName: 'E',
  createdAt: attempt.startedAt,
  lastActivityAt: attempt.startedAt,
  lastResponseCode: null,
  lastResponse: '',
  attempts: 1,
  status: 'Failed',
  nextAttemptAt: null,
  reason: 'attempts-used-up',
  reasonText: null,
  request: { method: 'POST', url: '', headers: {}, body: '' },
  attemptLog: [{ ...attempt, ...last }],
  ...fields,
});
const words = (key: string): string => key.replace('webhook-log-tab.', '');

describe('Why a delivery failed', () => {
  it('is its reason and what to do about the answer', () => {
    assert.deepEqual(whyTexts(detail({}), words), ['reason.attempts-used-up', 'advice.receiver then.resend']);
  });

  it('is what happened, where no answer came', () => {
    const noAnswer = detail({ reasonText: 'connection refused' }, { statusCode: null });
    assert.deepEqual(whyTexts(noAnswer, words), [
      'reason.attempts-used-up',
      'connection refused',
      'advice.network then.resend',
    ]);
  });

  it('is nothing where it succeeded, or where all is yet to come', () => {
    assert.deepEqual(whyTexts(detail({ status: 'Succeeded', reason: null }), words), []);
    assert.deepEqual(whyTexts(detail({ status: 'In Progress', reason: null, attemptLog: [] }), words), []);
  });

  it('needs no advice where the reason says it', () => {
    assert.deepEqual(whyTexts(detail({ reason: 'endpoint-removed', reasonText: 'gone' }), words), [
      'reason.endpoint-removed',
    ]);
  });

  it('is told in words for every kind of answer', () => {
    const known = readWords('webhook-log-tab');
    for (const statusCode of [
      null,
      200,
      204,
      301,
      302,
      307,
      400,
      401,
      403,
      404,
      408,
      410,
      413,
      418,
      422,
      425,
      429,
      500,
      503,
      599,
    ])
      assert.ok(
        known.has(`webhook-log-tab.advice.${adviceFor(detail({}, { statusCode }))}`),
        String(statusCode),
      );
  });
});
