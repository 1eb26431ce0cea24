import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FORMAT_FACTS, type TargetFormatId } from '../../../../src/survey/formats/format-facts.ts';
import { compileFormat } from '../../../../src/survey/formats/formats.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey } from '../../../support/any-survey.ts';

const survey = readCioPulse(sample);

const FORMATS = Object.keys(FORMAT_FACTS) as TargetFormatId[];

/** What a person has to set for one or another format, so that none asks for more. */
const OPTIONS = {
  requesterEmail: 'jo@example.com',
  ticketId: '7',
  issueKey: '7',
  serviceDeskId: '10',
  requestTypeId: '25',
};
const fill = (template: string, templateType: string, message: object = {}): unknown =>
  compileFormat({ format: 'template', template, templateType })({ survey, message }).payload;

describe('A template of one’s own', () => {
  it('takes tags from the response, else from the message', () => {
    const message = { payload: { x: 1 }, comment: 'not this', webhookId: 'w' };
    assert.equal(
      fill('{{comment}} {{payload.x}} {{webhookId}} {{survey.score}} {{segments.0.name}}', 'str', message),
      'You guys rock! 1 w 9 New Zealand',
    );
  });

  it('is JSON or text', () => {
    assert.deepEqual(fill('{"score":{{score}}}', 'json'), { score: 9 });
    assert.equal(fill('{"score":{{score}}}', 'str'), '{"score":9}');
  });

  it('works on any payload, also without a survey response', () => {
    const format = compileFormat({ format: 'template', template: '{{a}}', templateType: 'str' });
    assert.equal(format({ survey: { a: 'b' }, message: {} }).payload, 'b');
    assert.equal(format({ survey: 'text', message: {} }).payload, '');
  });

  it('is refused where it is empty or broken', () => {
    for (const template of ['', '  ', '{'])
      assert.throws(() => fill(template, 'json'), { code: 'HOOK_CONFIG_INVALID' });
  });
});

describe('A format', () => {
  it('is refused where it is not known', () => {
    for (const format of ['pigeon', 'constructor', ''])
      assert.throws(() => compileFormat({ format }), {
        code: 'HOOK_CONFIG_INVALID',
        message: /cio-pulse, slack/,
      });
  });

  it('leaves the response as it is', () => {
    const before = JSON.stringify(survey);
    for (const format of FORMATS) compileFormat({ format, options: OPTIONS })({ survey, message: {} });
    assert.equal(JSON.stringify(survey), before);
  });

  /** Each line of each text in a value, as a reader sees it. */
  const linesIn = (value: unknown): string[] => {
    if (typeof value === 'string') return value.split(/[\n\r]|<br>|<\/p>/);
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(linesIn) : [];
  };

  for (const format of FORMATS.filter((id) => id !== 'cio-pulse'))
    it(`lets no fact look like another one: ${format}`, () => {
      const forged = 'adam\nScore: 0 of 10\r\nScore: 0 of 10\u2028Score: 0 of 10';
      const { payload } = compileFormat({ format, options: OPTIONS })({
        survey: {
          ...survey,
          agent: forged,
          account: forged,
          ticketId: forged,
          respondent: { name: forged },
          supportGroup: { name: forged },
          segments: [{ name: forged }],
          links: { [forged]: 'https://e.example/' },
        },
        message: {},
      });
      const lines = linesIn(payload);
      assert.ok(lines.some((line) => line.includes('adam Score: 0 of 10')));
      assert.deepEqual(
        lines.filter((line) => /^[^a-z]*Score: 0/i.test(line)),
        [],
      );
    });

  for (const [format, option, value, text] of [
    ['slack', 'title', 'Made here', 'Made here'],
    ['teams', 'title', 'Made here', 'Made here'],
    ['freshdesk-ticket', 'subject', 'Made here', '"subject":"Made here"'],
    ['freshdesk-note', 'private', false, '"private":false'],
    ['zendesk-ticket', 'subject', 'Made here', '"subject":"Made here"'],
    ['zendesk-comment', 'public', true, '"public":true'],
    ['servicenow-incident', 'category', 'Made here', '"category":"Made here"'],
    ['jira-request', 'summary', 'Made here', '"summary":"Made here"'],
    ['jira-comment', 'public', true, '"public":true'],
  ] as const)
    it(`follows its options: ${format}`, () => {
      const options = { ...OPTIONS, [option]: value };
      const { payload } = compileFormat({ format, options })({ survey, message: {} });
      assert.ok(JSON.stringify(payload).includes(text), JSON.stringify(payload));
    });

  for (const format of ['freshdesk-note', 'zendesk-comment', 'jira-comment'] as const)
    it(`takes the response's ticket where the option holds but spaces: ${format}`, () => {
      const write = compileFormat({ format, options: { ticketId: ' ', issueKey: ' ' } });
      assert.match(
        write({ survey: { ...survey, ticketId: '42' }, message: {} }).target?.path ?? '',
        /\/42\b/,
      );
    });

  it('takes a number for one of its choices only where it is one', () => {
    const compile = (priority: unknown) => () =>
      compileFormat({ format: 'freshdesk-ticket', options: { priority } });
    assert.doesNotThrow(compile(4));
    for (const priority of [5, 0, true, null])
      assert.throws(compile(priority), { code: 'HOOK_CONFIG_INVALID', message: /priority/ });
  });

  for (const format of FORMATS) {
    const write = compileFormat({ format, options: OPTIONS });

    it(`says how its target takes it: ${format}`, () => {
      const { method, path } = FORMAT_FACTS[format];
      const { target } = write({ survey, message: {} });
      assert.deepEqual([target?.method, target?.path], [method, path.replace(/<[^<>]+>/, '7')]);
    });

    it(`writes any survey response as JSON: ${format}`, () => {
      fc.assert(
        fc.property(anySurvey, (any) => {
          const { payload } = write({ survey: any, message: {} });
          const json = JSON.stringify(payload);
          assert.deepEqual(JSON.parse(json), payload);
          // CIOPulse gets its own texts back, byte for byte.
          if (format !== 'cio-pulse') assert.doesNotMatch(json, /(?<!\\)(?:\\\\)*\\ud[89a-f]/);
        }),
        { numRuns: 60 },
      );
    });
  }
});
