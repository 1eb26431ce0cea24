import assert from 'node:assert/strict';
import { recordAttempt, recordInterrupted } from '../../../src/delivery/attempt.ts';
import type { AttemptRecord, Report } from '../../../src/delivery/delivery-store.ts';
import { outcomeMessage } from '../../../src/delivery/outcome-message.ts';
import { aDelivery, ACCEPTED_AT, anEvent } from '../../support/deliveries.ts';

const sending = aDelivery({
  kind: 'sending',
  number: 2,
  startedAt: ACCEPTED_AT + 5000,
  manual: false,
  from: { kind: 'scheduled', nextAttemptAt: ACCEPTED_AT },
});

function attemptOf(statusCode: number, body: string): AttemptRecord {
  const hasSucceeded = statusCode < 300;
  return recordAttempt(sending, {
    outcome: hasSucceeded
      ? { kind: 'succeeded', statusCode, response: body }
      : {
          kind: 'failed',
          statusCode,
          response: body,
          retryable: true,
          message: `It answered ${statusCode}.`,
        },
    result: { kind: 'response', statusCode, headers: {}, body: Buffer.from(body), isBodyCut: false },
    masked: undefined,
    durationMs: 250,
  });
}

const report = (fields: Partial<Report>): Report => ({
  id: 1,
  delivery: aDelivery({ kind: 'succeeded', finishedAt: ACCEPTED_AT + 5250 }),
  event: anEvent(),
  attempt: attemptOf(200, '{"ok":true}'),
  createdAt: ACCEPTED_AT + 6000,
  ...fields,
});

describe('outcomeMessage', () => {
  it('tells a success with the response and what was sent, both parsed', () => {
    assert.deepEqual(outcomeMessage(report({})), {
      hasSucceeded: true,
      message: {
        payload: { ok: true },
        event: { score: 9 },
        delivery: {
          id: 'd1',
          webhookId: 'msg_1',
          endpoint: 'endpoint',
          endpointName: 'An endpoint',
          status: 'Succeeded',
          attempts: 2,
          statusCode: 200,
          error: '',
          startedAt: '2026-01-01T00:00:05.000Z',
          finishedAt: '2026-01-01T00:00:05.250Z',
          manual: false,
          redelivered: false,
        },
      },
    });
  });
  it('gives what is no JSON as text, whatever the bytes', () => {
    const event = anEvent({ body: Buffer.from([0xff, 0x41]) });
    const { message } = outcomeMessage(report({ attempt: attemptOf(200, '<ok>'), event }));
    assert.deepEqual([message.payload, message.event], ['<ok>', '\ufffdA']);
  });
  for (const [levels, type] of [
    [100, 'object'],
    [101, 'string'],
    [30_000, 'string'],
  ] as const)
    it(`gives JSON of ${levels} levels as ${type}, so that Node-RED can copy it`, () => {
      const json = '['.repeat(levels) + ']'.repeat(levels);
      const event = anEvent({ body: Buffer.from(json) });
      const { message } = outcomeMessage(report({ attempt: attemptOf(200, json), event }));
      assert.deepEqual([typeof message.payload, typeof message.event], [type, type]);
    });
  it('tells a failure with its words', () => {
    const { hasSucceeded, message } = outcomeMessage(report({ attempt: attemptOf(500, '') }));
    assert.deepEqual(
      [hasSucceeded, message.payload, message.delivery.status, message.delivery.error],
      [false, '', 'Failed', 'It answered 500.'],
    );
  });
  it('tells of the attempt and not of the state: a resend of a succeeded one may fail', () => {
    const attempt = { ...attemptOf(500, ''), manual: true };
    const { message } = outcomeMessage(report({ attempt }));
    assert.deepEqual([message.delivery.status, message.delivery.manual], ['Failed', true]);
  });
  it('tells what was given up without an attempt', () => {
    const state = {
      kind: 'failed',
      finishedAt: ACCEPTED_AT,
      reason: 'expired',
      message: 'Too long.',
    } as const;
    const { hasSucceeded, message } = outcomeMessage(
      report({ attempt: undefined, delivery: aDelivery(state) }),
    );
    assert.deepEqual(
      [hasSucceeded, message.delivery.error, message.delivery.statusCode, message.payload],
      [false, 'Too long.', undefined, ''],
    );
    assert.equal(message.delivery.finishedAt, '2026-01-01T00:00:06.000Z');
  });
  it('says where the receiver may have got it before', () => {
    const delivery = aDelivery({ kind: 'succeeded', finishedAt: ACCEPTED_AT }, { interrupted: 1 });
    assert.equal(outcomeMessage(report({ delivery })).message.delivery.redelivered, true);
    const { message } = outcomeMessage(report({ attempt: recordInterrupted(sending) }));
    assert.equal(message.delivery.status, 'Failed');
    assert.equal(message.delivery.finishedAt, '2026-01-01T00:00:06.000Z');
  });

  it('tells what was captured of the response, and nothing of that otherwise', () => {
    const field = { label: 'Key', parameter: '/result/key', type: 'string', favorite: true } as const;
    const captured = {
      groupId: 'g',
      groupName: 'Tracker',
      subject: { kind: 'ticket', id: 'T1' },
      values: [{ ...field, value: 'HELP-1' }],
      problems: [{ label: 'Due', parameter: 'due', message: 'It is not in the response.' }],
    } as const;
    const { message } = outcomeMessage(report({ attempt: { ...attemptOf(200, ''), captured } }));
    assert.deepEqual(message.external, { Tracker: { 'result.key': 'HELP-1' } });
    assert.deepEqual(message.externalData, {
      group: 'Tracker',
      subject: captured.subject,
      favorites: { Key: 'HELP-1' },
      problems: captured.problems,
    });
    const plain = outcomeMessage(report({})).message;
    assert.deepEqual(['external' in plain, 'externalData' in plain], [false, false]);
  });

  it('carries the mark of what descends from an event of the log, and none otherwise', () => {
    const delivery = aDelivery({ kind: 'succeeded', finishedAt: ACCEPTED_AT }, { fromLogEvent: true });
    assert.equal(outcomeMessage(report({ delivery })).message.logEvent, true);
    assert.equal('logEvent' in outcomeMessage(report({})).message, false);
  });
});
