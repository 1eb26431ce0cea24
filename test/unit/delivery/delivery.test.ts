import assert from 'node:assert/strict';
import {
  askResend,
  begin,
  finish,
  giveUp,
  hold,
  INTERRUPTED_LIMIT,
  interrupt,
  isDue,
  release,
  statusOf,
  type AttemptOutcome,
  type Delivery,
  type DeliveryState,
  type Failed,
  type Resting,
  type Scheduled,
  type Sending,
  type Succeeded,
  type Waiting,
} from '../../../src/delivery/delivery.ts';
import { HookError } from '../../../src/errors.ts';
import { aDelivery, ACCEPTED_AT } from '../../support/deliveries.ts';

const NOW = ACCEPTED_AT + 1000;
const scheduled: Scheduled = { kind: 'scheduled', nextAttemptAt: ACCEPTED_AT };
const later: Scheduled = { kind: 'scheduled', nextAttemptAt: NOW + 60_000 };
const waiting: Waiting = { kind: 'waiting', reason: 'endpoint-off', waitingSince: ACCEPTED_AT };
const succeeded: Succeeded = { kind: 'succeeded', finishedAt: ACCEPTED_AT };
const failed: Failed = {
  kind: 'failed',
  finishedAt: ACCEPTED_AT,
  reason: 'attempts-used-up',
  message: 'The receiver answered 500.',
};
const resting: Readonly<Record<string, Resting>> = { scheduled, later, waiting, succeeded, failed };
const sending = (from: Resting, manual = false): Sending => ({
  kind: 'sending',
  number: 1,
  startedAt: ACCEPTED_AT,
  manual,
  from,
});

const ok: AttemptOutcome = { kind: 'succeeded', statusCode: 200, response: 'fine' };
const bad: AttemptOutcome = {
  kind: 'failed',
  statusCode: 500,
  response: 'oh',
  retryable: true,
  message: 'It answered 500.',
};
const fatal: AttemptOutcome = {
  kind: 'failed',
  response: '',
  retryable: false,
  message: 'It cannot be sent.',
};
const never = () => undefined;
const inFiveMinutes = () => 300_000;
const end = (delivery: Delivery<Sending>, outcome: AttemptOutcome, retryDelay: () => number | undefined) =>
  finish(delivery, outcome, { now: NOW, retryDelay });

describe('The states of a delivery', () => {
  const seen: readonly [state: DeliveryState, status: string][] = [
    [scheduled, 'In Progress'],
    [waiting, 'In Progress'],
    [succeeded, 'Succeeded'],
    [failed, 'Failed'],
    [sending(scheduled), 'In Progress'],
    [sending(waiting, true), 'In Progress'],
    [sending(succeeded, true), 'Succeeded'],
    [sending(failed, true), 'Failed'],
  ];
  for (const [state, status] of seen) {
    const from = state.kind === 'sending' ? ` from ${state.from.kind}` : '';
    it(`people see ${state.kind}${from} as ${status}`, () => {
      assert.equal(statusOf(aDelivery(state)), status);
    });
  }
});

describe('begin', () => {
  for (const state of [scheduled, later]) {
    it('counts the automatic attempt of what is scheduled', () => {
      const begun = begin(aDelivery(state, { attempts: 2 }), NOW);
      assert.deepEqual(begun.state, {
        kind: 'sending',
        number: 3,
        startedAt: NOW,
        manual: false,
        from: state,
      });
      assert.equal(begun.attempts, 3);
      assert.equal(begun.lastActivityAt, NOW);
    });
  }
  for (const state of [succeeded, failed]) {
    it(`refuses an automatic attempt of what is ${state.kind}`, () => {
      assert.throws(
        () => begin(aDelivery(state), NOW),
        (error) => error instanceof HookError && error.code === 'HOOK_INVARIANT',
      );
    });
  }
  for (const [name, state] of Object.entries(resting)) {
    it(`makes a resend of what is ${name}, and uses up one`, () => {
      const begun = begin(aDelivery(state, { resends: 2 }), NOW);
      assert.equal(begun.state.manual, true);
      assert.deepEqual(begun.state.from, state);
      assert.equal(begun.resends, 1);
      assert.equal(begun.attempts, 1);
    });
  }
});

describe('finish', () => {
  it('ends an automatic success', () => {
    const ended = end(aDelivery(sending(scheduled), { attempts: 1 }), ok, never);
    assert.deepEqual(ended.state, { kind: 'succeeded', finishedAt: NOW });
    assert.deepEqual([ended.lastResponseCode, ended.lastResponse, ended.charged], [200, 'fine', 0]);
  });
  it('schedules the next attempt from the end of a failed one', () => {
    const ended = end(aDelivery(sending(scheduled), { charged: 1 }), bad, inFiveMinutes);
    assert.deepEqual(ended.state, { kind: 'scheduled', nextAttemptAt: NOW + 300_000 });
    assert.equal(ended.charged, 2);
  });
  it('asks the policy with the number of charged failures, this one among them', () => {
    const asked: number[] = [];
    finish(aDelivery(sending(scheduled), { charged: 3, attempts: 9 }), bad, {
      now: NOW,
      retryDelay: (charged) => {
        asked.push(charged);
        return 1;
      },
    });
    assert.deepEqual(asked, [4]);
  });
  it('fails what has used up its attempts', () => {
    const ended = end(aDelivery(sending(scheduled), { charged: 4 }), bad, never);
    assert.deepEqual(ended.state, {
      kind: 'failed',
      finishedAt: NOW,
      reason: 'attempts-used-up',
      message: 'It answered 500.',
    });
    assert.equal(ended.charged, 5);
  });
  it('fails at once what no further attempt could change', () => {
    const ended = end(aDelivery(sending(scheduled)), fatal, inFiveMinutes);
    assert.equal(ended.state.kind === 'failed' && ended.state.reason, 'permanent');
    assert.equal(ended.lastResponseCode, undefined);
  });
  it('cuts the last response to 100 characters and never through a pair', () => {
    const long = { ...ok, response: 'x'.repeat(99) + '😀' + 'y'.repeat(50) };
    assert.equal(end(aDelivery(sending(scheduled)), long, never).lastResponse, 'x'.repeat(99));
    const fits = { ...ok, response: 'x'.repeat(98) + '😀' + 'y' };
    assert.equal(end(aDelivery(sending(scheduled)), fits, never).lastResponse, 'x'.repeat(98) + '😀');
  });
});

describe('A resend', () => {
  it('of a failed delivery that succeeds makes it succeeded', () => {
    const ended = end(aDelivery(sending(failed, true)), ok, never);
    assert.deepEqual(ended.state, { kind: 'succeeded', finishedAt: NOW });
  });
  it('of a failed delivery that fails leaves it failed, schedules nothing and is not charged', () => {
    const ended = end(aDelivery(sending(failed, true), { charged: 5 }), bad, inFiveMinutes);
    assert.deepEqual(ended.state, failed);
    assert.equal(ended.charged, 5);
    assert.equal(ended.lastResponseCode, 500);
  });
  it('of one that waits for a retry ends it when it succeeds, and cancels the retry', () => {
    assert.equal(end(aDelivery(sending(later, true)), ok, never).state.kind, 'succeeded');
  });
  it('of one that waits for a retry leaves the retry where it was when it fails', () => {
    for (const outcome of [bad, fatal])
      assert.deepEqual(end(aDelivery(sending(later, true)), outcome, inFiveMinutes).state, later);
  });
  it('of a succeeded delivery leaves it succeeded since then, and shows the last response', () => {
    for (const outcome of [ok, bad]) {
      const ended = end(aDelivery(sending(succeeded, true)), outcome, never);
      assert.deepEqual(ended.state, succeeded);
      assert.equal(ended.lastResponse, outcome.response);
    }
  });
  it('of a held delivery leaves it held when it fails', () => {
    assert.deepEqual(end(aDelivery(sending(waiting, true)), bad, inFiveMinutes).state, waiting);
  });
  it('asked while an attempt is under way is made after it', () => {
    const asked = askResend(aDelivery(sending(scheduled)));
    assert.equal(asked.state.kind, 'sending');
    assert.equal(isDue(asked, NOW), false);
    const ended = end(asked as Delivery<Sending>, ok, never);
    assert.equal(ended.resends, 1);
    assert.equal(isDue(ended, NOW), true);
    assert.equal(begin(ended, NOW).state.manual, true);
  });
});

describe('interrupt', () => {
  it('makes the attempt due at once and charges the policy nothing', () => {
    const next = interrupt(aDelivery(sending(scheduled), { attempts: 1, charged: 2 }), NOW);
    assert.deepEqual(next.state, { kind: 'scheduled', nextAttemptAt: NOW });
    assert.deepEqual([next.interrupted, next.charged, next.attempts], [1, 2, 1]);
  });
  it('gives up at the sixth time', () => {
    let delivery: Delivery<Resting> = aDelivery(scheduled);
    for (let time = 1; time <= INTERRUPTED_LIMIT; time++) {
      assert.equal(delivery.state.kind, 'scheduled');
      delivery = interrupt(begin(delivery, NOW), NOW);
    }
    assert.equal(delivery.state.kind, 'scheduled');
    delivery = interrupt(begin(delivery, NOW), NOW);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'interrupted');
    assert.equal(delivery.attempts, INTERRUPTED_LIMIT + 1);
  });
  for (const [name, state] of Object.entries(resting)) {
    it(`asks a resend of what was ${name} again`, () => {
      const next = interrupt(aDelivery(sending(state, true), { resends: 1 }), NOW);
      assert.deepEqual(next.state, state);
      assert.equal(next.resends, 2);
    });
  }
  it('drops a resend beyond the limit and leaves the delivery as it was', () => {
    const next = interrupt(aDelivery(sending(later, true), { interrupted: INTERRUPTED_LIMIT }), NOW);
    assert.deepEqual(next.state, later);
    assert.equal(next.resends, 0);
  });
});

describe('giveUp, hold and release', () => {
  for (const state of [scheduled, waiting]) {
    it(`gives up what is ${state.kind}, with the reason`, () => {
      const given = giveUp(aDelivery(state), { reason: 'expired', message: 'Too long.', now: NOW });
      assert.deepEqual(given.state, {
        kind: 'failed',
        finishedAt: NOW,
        reason: 'expired',
        message: 'Too long.',
      });
    });
  }
  for (const state of [succeeded, failed]) {
    it(`leaves alone what has ${state.kind}`, () => {
      const delivery = aDelivery(state);
      assert.equal(giveUp(delivery, { reason: 'expired', message: 'Too long.', now: NOW }), delivery);
    });
  }
  it('holds and lets go', () => {
    const held = hold(aDelivery(later), 'endpoint-off', NOW);
    assert.deepEqual(held.state, { kind: 'waiting', reason: 'endpoint-off', waitingSince: NOW });
    assert.equal(isDue(held, NOW), false);
    assert.deepEqual(release(held, NOW + 5).state, { kind: 'scheduled', nextAttemptAt: NOW + 5 });
  });
});

describe('isDue', () => {
  const cases: readonly [what: string, state: DeliveryState, resends: number, due: boolean][] = [
    ['what is scheduled for now', { kind: 'scheduled', nextAttemptAt: NOW }, 0, true],
    ['what is scheduled for later', { kind: 'scheduled', nextAttemptAt: NOW + 1 }, 0, false],
    ['what is held', waiting, 0, false],
    ['what has ended', succeeded, 0, false],
    ['an ended one with a resend asked', failed, 1, true],
    ['a held one with a resend asked', waiting, 1, true],
    ['one that is under way', sending(scheduled), 1, false],
  ];
  for (const [what, state, resends, due] of cases) {
    it(`${due ? 'takes' : 'leaves'} ${what}`, () =>
      assert.equal(isDue(aDelivery(state, { resends }), NOW), due));
  }
});
