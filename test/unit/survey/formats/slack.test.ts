import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileSlack } from '../../../../src/survey/formats/slack.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };

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
  message.blocks.find(({ type, text }) => type === 'section' && text)?.text?.text ?? '';

function assertWithinLimits(message: { text: string; blocks: Block[] }): void {
  const { blocks } = message;
  assert.ok(blocks.length <= 50);
  assert.ok(blocks[0]!.text!.text.length <= 150);
  assert.ok(commentOf(message).length <= 3000 && message.text.length <= 3000);
  const texts = textsOf(message);
  assert.ok(texts.every((part) => part.text.length > 0 && !/\p{Cs}/u.test(part.text)));
  assert.ok(texts.reduce((sum, part) => sum + part.text.length, 0) < 13_000);
  assert.ok(texts.every((part) => !/&(?!(?:amp|lt|gt);)/.test(part.text)));
  for (const { fields, elements } of blocks) {
    assert.ok((fields ?? elements ?? []).length <= 10);
    assert.ok(fields?.every((field) => field.text.length <= 2000) ?? true);
  }
}

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

  it('keeps to the limits of Slack, whatever it is given', () => {
    const text = fc.oneof(
      fc
        .constantFrom('<', '&', '😀', 'x', '\n')
        .chain((unit) => fc.nat(20_000).map((count) => unit.repeat(count))),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, text, text, (comment, name, url) => {
        const links = Object.fromEntries(
          Array.from({ length: 20 }, (_, at) => [`${at}${name}`, `https://e.example/${url}`]),
        );
        const message = format({
          comment,
          surveyName: name,
          agent: name,
          account: name,
          links,
          ticketId: name,
        });
        assertWithinLimits(message);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts a long comment between entities and between characters', () => {
    for (let lead = 0; lead < 6; lead++) {
      const start = 'x'.repeat(lead);
      assert.match(commentOf(format({ comment: start + '<'.repeat(3000) })), /^x*(?:&lt;)+…$/);
      assert.match(commentOf(format({ comment: start + '😀'.repeat(3000) })), /^x*(?:😀)+…$/u);
    }
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
    for (const options of [{ title: 5 }, { title: '{{#x}}' }, { showLinks: 'yes' }])
      assert.throws(() => compileSlack(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
