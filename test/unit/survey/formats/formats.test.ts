import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileFormat } from '../../../../src/survey/formats/formats.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const survey = readCioPulse(sample);
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
    for (const format of ['cio-pulse', 'slack', 'teams', 'freshdesk-ticket', 'freshdesk-note'])
      compileFormat({ format, options: { requesterEmail: 'a@example.com' } })({ survey, message: {} });
    assert.equal(JSON.stringify(survey), before);
  });
});
