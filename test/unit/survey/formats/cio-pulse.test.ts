import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatCioPulse } from '../../../../src/survey/formats/cio-pulse.ts';
import { wrapServiceNow } from '../../../../src/survey/formats/servicenow-wrap.ts';
import { CIO_PULSE_FACTORS, readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const format = (survey: unknown, message: object = {}) => formatCioPulse({ survey, message });
const write = (changes: Partial<SurveyResponse>) =>
  format({ ...readCioPulse(sample), ...changes }).payload as Record<string, string>;

/** Any text that JSON can hold, also halves of surrogate pairs. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\n', '\r', '"', '\\', '\u2028', '\ud83d', '\ude00', '\0', '<', 'é', 'e\u0301'),
  }),
);

describe('The CIOPulse format', () => {
  it('gives the 25 keys of the sample in their order', () => {
    assert.equal(JSON.stringify(format(readCioPulse(sample)).payload), JSON.stringify(sample));
    assert.equal(Object.keys(sample).length, 25);
  });

  it('gives back what CIOPulse sent, byte for byte', () => {
    const texts = Object.fromEntries(Object.keys(sample).map((key) => [key, anyText]));
    const survey = fc.record({
      ...texts,
      Webhook_ID: fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
      Response_Datetime_UTC: fc.constantFrom(
        '2021-07-29 07:50:52',
        '2021-07-29T07:50:52.25+02:00',
        ' 2021-07-29 ',
        '',
      ),
      Overall: fc.constantFrom('0', '10', '09', ' 7 ', ''),
      ...Object.fromEntries(
        CIO_PULSE_FACTORS.map((name) => [name, fc.constantFrom('0', '1', '-1', ' 1', '')]),
      ),
    });
    fc.assert(
      fc.property(survey, (sent) => {
        const wire = JSON.stringify(sent);
        const survey = JSON.parse(JSON.stringify(readCioPulse(JSON.parse(wire)))) as unknown;
        assert.equal(JSON.stringify(format(survey).payload), wire);
      }),
    );
  });

  it('gives back factors that have other names, and what a flow has changed in them', () => {
    const sent = JSON.parse(
      JSON.stringify(sample).replace('"Speed"', '"Tempo"').replace('"Other"', '"toString"'),
    ) as Record<string, unknown>;
    const factors = CIO_PULSE_FACTORS.map((name) => ({ Speed: 'Tempo', Other: 'toString' })[name] ?? name);
    const survey = readCioPulse(sent, factors);
    assert.equal(JSON.stringify(format(survey).payload), JSON.stringify(sent));
    const changed = { ...survey, drivers: { ...survey.drivers, Tempo: 1 } };
    assert.deepEqual(format(changed).payload, { ...sent, Tempo: '1' });
    assert.equal(Object.keys(sent).length, 25);
  });

  it('writes line feeds as \\n and escapes quotes, as JSON', () => {
    assert.match(JSON.stringify(write({ comment: 'a\n"b"' })), /"Comments":"a\\n\\"b\\""/);
  });

  it('writes what a flow has changed', () => {
    const changed = write({
      comment: 'changed',
      score: 3,
      submittedAt: '2026-01-31T14:05:00.000Z',
      drivers: { Speed: -1, Unheard: 1 },
    });
    assert.deepEqual(
      [
        changed['Comments'],
        changed['Overall'],
        changed['Response_Datetime_UTC'],
        changed['Speed'],
        changed['Effort'],
      ],
      ['changed', '3', '2026-01-31 14:05:00', '-1', '0'],
    );
    assert.deepEqual(Object.keys(changed), Object.keys(sample));
  });

  it('writes a response of another source, with nothing but texts', () => {
    const body = format({ source: 'mine', score: null, respondent: { email: 'a@example.com' }, raw: sample })
      .payload as Record<string, string>;
    assert.deepEqual(Object.keys(body), Object.keys(sample));
    assert.ok(Object.values(body).every((value) => typeof value === 'string'));
    assert.deepEqual([body['Overall'], body['Customer'], body['Comments']], ['', 'a@example.com', '']);
    assert.notEqual(body['Webhook_ID'], sample.Webhook_ID);
  });

  it('is no survey response: an error', () => {
    assert.throws(() => format({ hello: 'world' }), {
      code: 'HOOK_MESSAGE_UNREADABLE',
      message: /survey-response node/,
    });
  });
});

describe('The webhook id', () => {
  const idOf = (survey: object, message: object = {}): (string | undefined)[] => {
    const { payload, webhookId } = format(survey, message);
    return [(payload as Record<string, string>)['Webhook_ID'], webhookId];
  };
  const response = readCioPulse(sample);

  it('is the one that the message has already', () => {
    assert.deepEqual(idOf(response, { webhookId: 'mine' }), ['mine', 'mine']);
    assert.deepEqual(idOf(response, { webhookId: 5 }), ['5', '5']);
  });

  it('is else the one that CIOPulse gave', () => {
    assert.deepEqual(idOf(response), ['a65768befa38a', 'a65768befa38a']);
  });

  it('is else new, the same on body and message', () => {
    for (const eventId of ['', 'two\nlines', 'ü', 'x'.repeat(256)]) {
      const [inBody, onMessage] = idOf({ ...response, eventId });
      assert.match(String(inBody), /^msg_/);
      assert.equal(inBody, onMessage);
    }
  });

  it('is refused where it cannot be a header', () => {
    for (const webhookId of ['two\nlines', {}, true])
      assert.throws(() => idOf(response, { webhookId }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /webhookId/,
      });
  });
});

describe('The ServiceNow wrap', () => {
  it('stands around the body as CIOPulse documents it', () => {
    const body = format(readCioPulse(sample)).payload;
    assert.equal(
      JSON.stringify(wrapServiceNow(body)),
      `{"sysparm_quantity":"1","variables":${JSON.stringify(sample)}}`,
    );
  });

  it('takes nothing but an object of texts', () => {
    for (const body of ['{}', null, undefined, ['a'], { a: 1 }, { a: { b: 'c' } }, Buffer.from('{}')])
      assert.throws(() => wrapServiceNow(body), { code: 'HOOK_MESSAGE_UNREADABLE' });
  });
});
