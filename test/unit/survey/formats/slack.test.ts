import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { wellFormed } from '../../../../src/survey/formats/cut.ts';
import { compileSlack } from '../../../../src/survey/formats/slack.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';
import { brokenRules } from '../../../support/block-kit.ts';

interface Text {
  type: string;
  text: string;
  verbatim?: boolean;
}
interface Block {
  type: string;
  text?: Text;
  fields?: Text[];
  elements?: Text[];
}

const format = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileSlack(options)({ survey: { ...readCioPulse(sample), ...changes }, message }).payload as {
    text: string;
    blocks: Block[];
  };

const textsOf = ({ blocks }: { blocks: Block[] }): Text[] =>
  blocks.flatMap(({ text, fields, elements }) => [
    ...(text ? [text] : []),
    ...(fields ?? []),
    ...(elements ?? []),
  ]);

const commentOf = (message: { blocks: Block[] }): string =>
  message.blocks.map(({ type, text }) => (type === 'section' && text ? text.text : '')).join('');

/** What Slack shows of what is sent. */
const shown = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('The Slack format', () => {
  it('makes header, facts, comment and links', () => {
    const { text, blocks } = format();
    assert.equal(text, 'Promoter 9/10 from carole.customer (INC123456)');
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ['header', 'section', 'section', 'context'],
    );
    assert.equal(blocks[0]?.text?.text, 'Survey for DemoCorp');
    assert.deepEqual(
      blocks[1]?.fields?.map((field) => field.text),
      [
        '*Score*\n9 of 10 (promoter)',
        '*Customer*\ncarole.customer',
        '*Ticket*\nINC123456',
        '*Agent*\nadam.agent',
        '*Support group*\nService Desk',
        '*Because of*\nResponsiveness',
        '*Segment*\nNew Zealand',
        '*Language*\nEnglish',
        '*Answered*\n2021-07-29T07:50:52.000Z',
      ],
    );
    assert.equal(blocks[2]?.text?.text, 'You guys rock!');
    assert.equal(
      blocks[3]?.elements?.[0]?.text,
      '<https://app.cio-pulse.com/service-recovery-notes?id=(etc)|Service recovery notes>',
    );
  });

  it('mentions nobody, whoever a respondent names', () => {
    const evil = '<!channel> <@U123> <https://evil.example|click> @here &lt;!here&gt;';
    const message = format({
      comment: evil,
      surveyName: evil,
      agent: evil,
      ticketId: evil,
      respondent: { id: evil, email: '', phone: '', name: '' },
      links: { [evil]: 'https://example.com/?a=<!channel>|x' },
    });
    assert.ok(commentOf(message).startsWith('&lt;!channel&gt; &lt;@U123&gt;'));
    assert.ok(commentOf(message).endsWith('&amp;lt;!here&amp;gt;'));
    for (const { type, text, verbatim } of textsOf(message)) {
      assert.doesNotMatch(text.replace(/^<https:\/\/example\.com\/[^<>|]*\|[^<>]*>$/, ''), /[<>]/);
      assert.ok(type === 'plain_text' || verbatim);
    }
    assert.doesNotMatch(message.text, /[<>]/);
  });

  it('keeps to the rules of Slack, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, title) => {
        const message = format(survey, { title: '{{payload}}' }, { payload: title });
        assert.deepEqual(brokenRules(message), []);
        assert.deepEqual(JSON.parse(JSON.stringify(message)), message);
        assert.ok(textsOf(message).every(({ type, verbatim }) => type === 'plain_text' || verbatim));
      }),
      { numRuns: 200 },
    );
  });

  it('shows the comment as it was written, unless it says that it was cut', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const text = shown(commentOf(format(survey)));
        const comment = wellFormed(survey.comment.trim());
        const [, start] = /^([^]*)…\n\(cut, [\d,]+ characters in all\)$/.exec(text) ?? [];
        if (start === undefined) assert.equal(text, comment);
        else assert.ok(comment.startsWith(start) && start.length > 1000);
      }),
      { numRuns: 200 },
    );
  });

  it('gives a long comment several sections, and all the room there is', () => {
    const { blocks } = format({ comment: 'word '.repeat(4000) });
    const sections = blocks.filter(({ type, text }) => type === 'section' && text);
    assert.equal(sections.length, 5);
    assert.match(commentOf({ blocks }), /^(?:word )+(?:word|wor|wo|w)?…\n\(cut, 19,999 characters in all\)$/);
    assert.ok(textsOf({ blocks }).reduce((sum, { text }) => sum + text.length, 0) > 12_980);
  });

  it('gives more than ten facts a second section', () => {
    const { blocks } = format({ rating: 'Gold star', account: 'ACME' });
    assert.deepEqual(
      blocks.flatMap(({ fields }) => (fields ? [fields.length] : [])),
      [10, 1],
    );
    assert.equal(blocks[1]?.fields?.[1]?.text, '*Rating*\nGold star');
  });

  it('keeps a value in one line, where it cannot look like another fact', () => {
    const { blocks } = format({ agent: 'x\n*Score*\n10 of 10' });
    assert.ok(blocks[1]?.fields?.some(({ text }) => text === '*Agent*\nx *Score* 10 of 10'));
  });

  it('goes to the whole URL that Slack gave', () => {
    const { target } = compileSlack({})({ survey: readCioPulse(sample), message: {} });
    assert.deepEqual(target, { method: 'POST', path: '', headers: {} });
  });

  it('leaves out what is not there', () => {
    const { blocks } = format({ comment: ' \n ', links: {} });
    assert.deepEqual(
      blocks.map(({ type }) => type),
      ['header', 'section'],
    );
  });

  it('leaves out links that are not of the web, and all of them where that is asked', () => {
    assert.equal(format({ links: { a: 'javascript:alert(1)', b: 'no url' } }).blocks.length, 3);
    assert.equal(format({}, { showLinks: false }).blocks.length, 3);
  });

  it('shows at most ten links, and those whole', () => {
    const links = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`l${at}`, `https://e.example/${at}`]),
    );
    assert.equal(format({ links }).blocks[3]?.elements?.length, 10);
    const long = { a: `https://e.example/${'x'.repeat(3000)}`, b: 'https://e.example/b' };
    assert.deepEqual(
      format({ links: long }).blocks[3]?.elements?.map(({ text }) => text),
      ['<https://e.example/b|b>'],
    );
  });

  it('has a title with tags', () => {
    const titled = format(
      {},
      { title: '{{class}} via {{payload.channel}}\n' },
      { payload: { channel: '<web>' } },
    );
    assert.equal(titled.blocks[0]?.text?.text, 'promoter via &lt;web&gt;');
    assert.equal(format({ surveyName: '' }).blocks[0]?.text?.text, 'Survey response');
    assert.equal(format({}, { title: '{{nothing}}' }).blocks[0]?.text?.text, 'Survey response');
  });

  it('refuses options that are none', () => {
    for (const options of [{ title: [5] }, { title: '{{#x}}' }, { showLinks: 'yes' }])
      assert.throws(() => compileSlack(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
