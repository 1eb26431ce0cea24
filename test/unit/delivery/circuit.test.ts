import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterAttempt,
  CLOSED,
  FAILURES_THAT_OPEN,
  isAtRest,
  probeTime,
  verdictOf,
  withinLimit,
  type Circuit,
  type Showing,
  type Verdict,
} from '../../../src/delivery/circuit.ts';
import type { AttemptOutcome } from '../../../src/delivery/delivery.ts';

const NOW = Date.UTC(2026, 0, 1);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const shows = (verdict: Verdict, fields: Partial<Showing> = {}): Showing => ({
  verdict,
  isProbe: false,
  now: NOW,
  askedMs: 0,
  ...fields,
});
const after = (circuit: Circuit, ...showings: readonly Showing[]): Circuit =>
  showings.reduce(afterAttempt, circuit);
const failures = (count: number, fields: Partial<Showing> = {}) =>
  Array.from({ length: count }, () => shows('failure', fields));
const OPEN = after(CLOSED, ...failures(FAILURES_THAT_OPEN));

function openOf(circuit: Circuit): Circuit & { kind: 'open' } {
  if (circuit.kind === 'closed') assert.fail('It is closed.');
  return circuit;
}

describe('A circuit', () => {
  it('opens with the fifth failure in a row, and tries the endpoint 30 s after it', () => {
    assert.equal(after(CLOSED, ...failures(4)).kind, 'closed');
    assert.deepEqual(OPEN, { kind: 'open', openSince: NOW, probeAt: NOW + 30 * SECOND, failedProbes: 0 });
  });

  it('counts anew after a success', () => {
    const circuit = after(CLOSED, ...failures(4), shows('success'), ...failures(4));
    assert.equal(circuit.kind, 'closed');
    assert.equal(after(circuit, shows('failure')).kind, 'open');
  });

  it('is neither opened nor kept from it by what says nothing of the endpoint', () => {
    const others = (['answered', 'nothing'] as const).map((verdict) => shows(verdict));
    assert.deepEqual(after(CLOSED, ...others), CLOSED);
    assert.equal(after(CLOSED, ...failures(4), ...others, shows('failure')).kind, 'open');
  });

  it('leaves the endpoint alone for as long as one of the failures that opened it asked', () => {
    const [first, ...rest] = failures(FAILURES_THAT_OPEN);
    assert.equal(openOf(after(CLOSED, { ...first!, askedMs: HOUR }, ...rest)).probeAt, NOW + HOUR);
  });

  it('tries it after 30 s, 1, 2, 4, 8, 15 minutes, and each 15 minutes from then on', () => {
    let circuit = openOf(OPEN);
    const waits = [circuit.probeAt - NOW];
    for (let probe = 0; probe < 7; probe++) {
      const now = circuit.probeAt;
      circuit = openOf(after(circuit, shows('failure', { isProbe: true, now })));
      waits.push(circuit.probeAt - now);
    }
    assert.deepEqual(
      waits.map((ms) => ms / MINUTE),
      [0.5, 1, 2, 4, 8, 15, 15, 15],
    );
    assert.equal(circuit.openSince, NOW);
    assert.equal(circuit.failedProbes, 7);
  });

  it('obeys a failed probe that asks for longer, and not one that asks for less', () => {
    const probe = (askedMs: number) =>
      openOf(after(OPEN, shows('failure', { isProbe: true, askedMs }))).probeAt - NOW;
    assert.equal(probe(DAY), DAY);
    assert.equal(probe(10 * SECOND), MINUTE);
  });

  it('counts no probe for a failure that was on its way when it opened, but leaves the endpoint alone as that asks', () => {
    assert.equal(after(OPEN, shows('failure')), OPEN);
    const asked = openOf(after(OPEN, shows('failure', { askedMs: HOUR })));
    assert.deepEqual([asked.failedProbes, asked.probeAt], [0, NOW + HOUR]);
  });

  it('closes with any success, and with a probe that is answered', () => {
    const closed = { ...CLOSED, slots: 1 };
    assert.deepEqual(after(OPEN, shows('success')), closed);
    assert.deepEqual(after(OPEN, shows('success', { isProbe: true })), closed);
    assert.deepEqual(after(OPEN, shows('answered', { isProbe: true })), closed);
    assert.equal(after(OPEN, shows('answered')), OPEN);
  });

  it('stays as it is where a probe says nothing', () => {
    assert.equal(after(OPEN, shows('nothing', { isProbe: true })), OPEN);
  });

  it('lets one attempt through when it has closed, and twice as many with each success', () => {
    let circuit = after(OPEN, shows('success'));
    const slots: number[] = [];
    for (let success = 0; success < 4; success++) {
      slots.push(circuit.kind === 'closed' ? circuit.slots : 0);
      circuit = after(circuit, shows('failure'), shows('success'));
    }
    assert.deepEqual(slots, [1, 2, 4, 8]);
  });

  it('has nothing to remember once it holds the endpoint back no more', () => {
    const ramp = { ...CLOSED, slots: 4 };
    assert.equal(isAtRest(withinLimit(ramp, 4)), true);
    assert.equal(isAtRest(withinLimit(ramp, 5)), false);
    assert.equal(isAtRest(withinLimit({ ...ramp, failures: 1 }, 4)), false);
  });

  it('takes a time of more than a day ahead for one from before the clock was set back', () => {
    const open = openOf(OPEN);
    assert.equal(probeTime(open, NOW), open.probeAt);
    assert.equal(probeTime(open, NOW - 400 * DAY), NOW - 400 * DAY);
    const tried = after(OPEN, shows('failure', { isProbe: true, now: NOW - 400 * DAY }));
    assert.equal(openOf(tried).probeAt, NOW - 400 * DAY + MINUTE);
  });
});

describe('Whatever attempts show, a circuit', () => {
  const showing = fc.record({
    verdict: fc.constantFrom<Verdict>('success', 'failure', 'answered', 'nothing'),
    isProbe: fc.boolean(),
    askedMs: fc.constantFrom(0, 1, MINUTE, DAY),
    passedMs: fc.integer({ min: 0, max: 2 * HOUR }),
  });
  /** Each showing with the circuit before and after it; a probe only where one can be. */
  const histories = fc.array(showing, { maxLength: 60 }).map((steps) => {
    let circuit: Circuit = CLOSED;
    let now = NOW;
    return steps.map(({ passedMs, ...step }) => {
      const before = circuit;
      now += passedMs;
      const shown = {
        ...step,
        isProbe: step.isProbe && before.kind === 'open' && before.probeAt <= now,
        now,
      };
      circuit = afterAttempt(before, shown);
      return { before, shown, after: circuit };
    });
  });

  it('is closed after a success', () => {
    fc.assert(
      fc.property(histories, (history) =>
        history.every((step) => step.shown.verdict !== 'success' || step.after.kind === 'closed'),
      ),
    );
  });

  it('opens only by a failure that five in a row lead to', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let inRow = 0;
        return history.every(({ before, shown, after: next }) => {
          if (shown.verdict === 'failure') inRow += 1;
          if (shown.verdict === 'success' || (before.kind === 'open' && next.kind === 'closed')) inRow = 0;
          return before.kind === next.kind || next.kind === 'closed' || inRow >= FAILURES_THAT_OPEN;
        });
      }),
    );
  });

  it('never tries the endpoint earlier than asked, nor within 30 s, nor more than a day later', () => {
    fc.assert(
      fc.property(histories, (history) =>
        history.every(({ shown, after: next }) => {
          if (next.kind === 'closed' || shown.verdict !== 'failure') return true;
          const wait = next.probeAt - shown.now;
          const isNew = shown.isProbe || next.openSince === shown.now;
          return wait <= DAY && wait >= shown.askedMs && (!isNew || wait >= 30 * SECOND);
        }),
      ),
    );
  });
});

describe('What an attempt says of its endpoint', () => {
  const failed = (statusCode: number | undefined, retryable = true): AttemptOutcome => ({
    kind: 'failed',
    ...(statusCode !== undefined && { statusCode }),
    response: '',
    retryable,
    message: '',
  });
  const automatic = { manual: false };

  it('is that it takes deliveries, where it succeeded, also if a person asked for it', () => {
    const outcome: AttemptOutcome = { kind: 'succeeded', statusCode: 200, response: '' };
    assert.equal(verdictOf(outcome, automatic), 'success');
    assert.equal(verdictOf(outcome, { manual: true }), 'success');
  });

  it('is nothing where a resend failed', () => {
    assert.equal(verdictOf(failed(500), { manual: true }), 'nothing');
  });

  for (const statusCode of [undefined, 301, 401, 403, 404, 408, 410, 429, 500, 503])
    it(`is that it takes none where ${statusCode ?? 'nothing'} came and may pass`, () => {
      assert.equal(verdictOf(failed(statusCode), automatic), 'failure');
    });

  for (const statusCode of [400, 413, 414, 415, 422])
    it(`is only that it is there where ${statusCode} came, which is about the event`, () => {
      assert.equal(verdictOf(failed(statusCode), automatic), 'answered');
    });

  it('is only that it is there where an answer cannot pass', () => {
    assert.equal(verdictOf(failed(404, false), automatic), 'answered');
  });

  it('is nothing where no request could be made', () => {
    assert.equal(verdictOf(failed(undefined, false), automatic), 'nothing');
  });
});
