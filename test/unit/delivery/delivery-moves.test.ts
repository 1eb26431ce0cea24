import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  askResend,
  begin,
  finish,
  giveUp,
  hold,
  interrupt,
  INTERRUPTED_LIMIT,
  isDue,
  release,
  type AttemptOutcome,
  type Delivery,
  type Resting,
  type Sending,
} from '../../../src/delivery/delivery.ts';
import { CIO_PULSE, retryDelay } from '../../../src/delivery/retry-policy.ts';
import { aDelivery, ACCEPTED_AT } from '../../support/deliveries.ts';

const MOVES = [
  'begin',
  'succeed',
  'fail',
  'fail for good',
  'interrupt',
  'resend',
  'hold',
  'release',
  'give up',
  'wait',
] as const;
type Move = (typeof MOVES)[number];

interface Run {
  delivery: Delivery;
  now: number;
  manualAttempts: number;
  automaticAttempts: number;
}

const failure = (retryable: boolean): AttemptOutcome => ({
  kind: 'failed',
  statusCode: 500,
  response: '',
  retryable,
  message: 'no',
});

const isSending = (delivery: Delivery): delivery is Delivery<Sending> => delivery.state.kind === 'sending';
const isResting = (delivery: Delivery): delivery is Delivery<Resting> => delivery.state.kind !== 'sending';

/** Makes a move if it is legal, as the engine would. */
function make(move: Move, run: Run): void {
  const { delivery, now } = run;
  if (move === 'wait') run.now += 3_000_000;
  else if (move === 'resend') run.delivery = askResend(delivery);
  else if (isSending(delivery)) run.delivery = endAttempt(move, delivery, now);
  else if (isResting(delivery)) rest(move, delivery, run);
}

function endAttempt(move: Move, delivery: Delivery<Sending>, now: number): Delivery {
  const policy = {
    now,
    retryDelay: (charged: number) => retryDelay(CIO_PULSE, { charged, random: () => 0 }),
  };
  switch (move) {
    case 'succeed':
      return finish(delivery, { kind: 'succeeded', statusCode: 200, response: '' }, policy);
    case 'fail':
    case 'fail for good':
      return finish(delivery, failure(move === 'fail'), policy);
    case 'interrupt':
      return interrupt(delivery, now);
    default:
      return delivery;
  }
}

function rest(move: Move, delivery: Delivery<Resting>, run: Run): void {
  const { state } = delivery;
  const { now } = run;
  if (move === 'begin' && isDue(delivery, now)) {
    const begun = begin(delivery, now);
    if (begun.state.manual) run.manualAttempts += 1;
    else run.automaticAttempts += 1;
    run.delivery = begun;
  }
  if (move === 'give up') run.delivery = giveUp(delivery, { reason: 'expired', message: 'gone', now });
  if (move === 'hold' && state.kind === 'scheduled')
    run.delivery = hold({ ...delivery, state }, 'endpoint-off', now);
  if (move === 'release' && state.kind === 'waiting') run.delivery = release({ ...delivery, state }, now);
}

/** What holds after each move, whatever came before. */
function check(before: Delivery, { delivery, manualAttempts, automaticAttempts }: Run): void {
  const { attempts, charged, interrupted, resends, state } = delivery;
  assert.ok(attempts >= before.attempts && charged >= before.charged && interrupted >= before.interrupted);
  assert.equal(attempts, manualAttempts + automaticAttempts);
  assert.ok(charged <= automaticAttempts);
  assert.ok(charged <= CIO_PULSE.delaysMs.length + 1);
  assert.ok(charged + interrupted <= attempts);
  assert.ok(resends >= 0);
  assert.ok(automaticAttempts <= CIO_PULSE.delaysMs.length + 1 + INTERRUPTED_LIMIT + 1);
  checkClosed(before, delivery);
  if (isSending(delivery)) assert.equal(delivery.state.number, attempts);
  if (state.kind === 'sending' && !state.manual) assert.equal(state.from.kind, 'scheduled');
}

/** A closed delivery leaves its state only by a person's attempt, and only to succeed. */
function checkClosed(before: Delivery, { state }: Delivery): void {
  const was = before.state.kind === 'sending' ? before.state.from : before.state;
  const now = state.kind === 'sending' ? state.from : state;
  if (was.kind === 'succeeded') assert.deepEqual(now, was);
  if (was.kind === 'failed' && now.kind !== 'failed') {
    assert.equal(now.kind, 'succeeded');
    assert.ok(before.state.kind === 'sending' && before.state.manual);
  }
}

describe('Any sequence of moves', () => {
  it('keeps the counts consistent, the attempts within their limits and closed deliveries closed', () => {
    const moves = fc.array(fc.constantFrom(...MOVES), { maxLength: 60 });
    fc.assert(
      fc.property(moves, (sequence) => {
        const run: Run = {
          delivery: aDelivery({ kind: 'scheduled', nextAttemptAt: ACCEPTED_AT }),
          now: ACCEPTED_AT,
          manualAttempts: 0,
          automaticAttempts: 0,
        };
        for (const move of sequence) {
          const before = run.delivery;
          make(move, run);
          check(before, run);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ends: a delivery whose attempts all fail or are interrupted is given up', () => {
    const outcomes = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(outcomes, (stream) => {
        let delivery: Delivery = aDelivery({ kind: 'scheduled', nextAttemptAt: ACCEPTED_AT });
        let count = 0;
        while (isResting(delivery) && delivery.state.kind === 'scheduled') {
          const begun = begin(delivery, ACCEPTED_AT);
          delivery = endAttempt(stream.next().value === true ? 'fail' : 'interrupt', begun, ACCEPTED_AT);
          count += 1;
          assert.ok(count <= 10);
        }
        assert.equal(delivery.state.kind, 'failed');
      }),
    );
  });
});
