import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, it } from 'mocha';
import { oneLine, wellFormed } from '../../../../src/survey/formats/cut.ts';
import { compileTeams, escapeMarkdown } from '../../../../src/survey/formats/teams.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { parseCard } from '../../../support/adaptive-card.ts';
import { anySurvey, anyText } from '../../../support/any-survey.ts';
import { readHtml } from '../../../support/read-html.ts';

interface CardElement {
  type: string;
  text?: string;
  facts?: { title: string; value: string }[];
  inlines?: { type: string; text: string }[];
}
interface Message {
  type: string;
  attachments: {
    contentType: string;
    contentUrl: null;
    content: { body: CardElement[]; actions?: { type: string; title: string; url: string }[] };
  }[];
}

const format = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileTeams(options)({ survey: { ...readCioPulse(sample), ...changes }, message }).payload as Message;

const cardOf = (message: Message) => message.attachments[0]!.content;

const commentOf = (message: Message): string | undefined =>
  cardOf(message)
    .body.find(({ type }) => type === 'RichTextBlock')
    ?.inlines?.map(({ text }) => text)
    .join('');

/** As strict as Markdown gets, and as liberal: with HTML, and with tables and struck out text. */
const READERS = [new MarkdownIt('commonmark'), new MarkdownIt()];

/** What a reader of Markdown shows; undefined where it sees anything but one paragraph of plain text. */
function shownAs(reader: (typeof READERS)[number], line: string): string | undefined {
  const { tags, text } = readHtml(reader.render(line).trimEnd());
  if (tags.length === 0) return text;
  return tags.length === 1 && tags[0]?.name === 'p' ? tags[0].text : undefined;
}

describe('The Teams format', () => {
  it('makes a card with title, facts, comment and links', () => {
    assert.deepEqual(format({ segments: [], language: '' }), {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              {
                type: 'TextBlock',
                text: 'Survey for DemoCorp',
                size: 'Medium',
                weight: 'Bolder',
                wrap: true,
              },
              {
                type: 'FactSet',
                facts: [
                  { title: 'Score', value: '9 of 10 \\(promoter\\)' },
                  { title: 'Customer', value: 'carole.customer' },
                  { title: 'Ticket', value: 'INC123456' },
                  { title: 'Agent', value: 'adam.agent' },
                  { title: 'Support group', value: 'Service Desk' },
                  { title: 'Because of', value: 'Responsiveness' },
                  { title: 'Answered', value: '2021-07-29T07:50:52.000Z' },
                ],
              },
              { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'You guys rock!' }] },
            ],
            actions: [
              {
                type: 'Action.OpenUrl',
                title: 'Service recovery notes',
                url: 'https://app.cio-pulse.com/service-recovery-notes?id=(etc)',
              },
            ],
          },
        },
      ],
    });
  });

  it('is a valid card of at most 28,000 bytes, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, title) => {
        const message = format(survey, { title: '{{payload}}' }, { payload: title });
        const card = cardOf(message);
        assert.deepEqual(parseCard(card), { problems: [], understood: card });
        const json = JSON.stringify(message);
        assert.ok(Buffer.byteLength(json) <= 28_000);
        assert.deepEqual(JSON.parse(json), message);
        assert.doesNotMatch(json, /\\ud[89a-f]/);
        for (const { url } of card.actions ?? []) assert.match(url, /^https?:/);
      }),
      { numRuns: 200 },
    );
  });

  it('shows the comment as it was written, unless it says that it was cut', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const text = commentOf(format(survey)) ?? '';
        const comment = wellFormed(survey.comment.trim().replace(/\r\n?/g, '\n'));
        const [, start] = /^([^]*)…\n\(cut, [\d,]+ characters in all\)$/.exec(text) ?? [];
        if (start === undefined) assert.equal(text, comment);
        else assert.ok(comment.startsWith(start) && start.length > 1000);
      }),
      { numRuns: 200 },
    );
  });

  it('shows what others wrote as it is, however a reader of Markdown understands it', () => {
    fc.assert(
      fc.property(anyText.map(oneLine), (text) => {
        const escaped = escapeMarkdown(text);
        for (const reader of READERS) assert.equal(shownAs(reader, escaped), wellFormed(text));
      }),
      { numRuns: 300 },
    );
  });

  it('escapes title and facts', () => {
    const evil = '[click](https://evil.example) <at>Jo</at> **x** &lt; a_b';
    const { body } = cardOf(format({ agent: evil, surveyName: `- ${evil}` }));
    const escaped = '\\[click\\]\\(https://evil.example\\) \\<at>Jo\\</at> \\*\\*x\\*\\* \\&lt; a\\_b';
    assert.equal(body[0]?.text, `\\- ${escaped}`);
    assert.equal(body[1]?.facts?.find(({ title }) => title === 'Agent')?.value, escaped);
  });

  it('escapes only what would mean something', () => {
    for (const plain of [
      'R&D',
      'a - b',
      'No. 1',
      '5',
      '2.5',
      '+49 30',
      '-5 of 10',
      '#1',
      'jo@example.com',
      'a > b',
      'C#',
      "it's",
    ])
      assert.equal(escapeMarkdown(plain), plain);
    assert.equal(escapeMarkdown('1. one'), '1\\. one');
    assert.equal(escapeMarkdown('1) one'), '1\\) one');
  });

  it('lets nobody call the functions of cards', () => {
    const comment = 'on {{DATE(2017-02-14T06:08:39Z,SHORT)}}, {{x}}';
    const message = format({ comment });
    assert.equal(commentOf(message), comment);
    assert.deepEqual(
      cardOf(message).body[2]?.inlines?.map(({ text }) => text),
      ['on {', '{DATE(2017-02-14T06:08:39Z,SHORT)}}, {{x}}'],
    );
  });

  it('gives the comment all the room there is', () => {
    for (const unit of ['x', 'ä', '😀', '"', '\n.', '{{TIME(']) {
      const message = format({ comment: unit.repeat(30_000) });
      const size = Buffer.byteLength(JSON.stringify(message));
      assert.ok(size <= 28_000 && size > 27_940, `${unit}: ${size}`);
      assert.match(commentOf(message) ?? '', /…\n\(cut, [\d,]+ characters in all\)$/);
    }
  });

  it('leaves out what is not there', () => {
    const message = compileTeams({})({ survey: { source: 'x' }, message: {} }).payload as Message;
    assert.deepEqual(
      cardOf(message).body.map(({ text }) => text),
      ['Survey response'],
    );
    assert.equal('actions' in cardOf(message), false);
  });

  it('shows at most six links, or none where that is asked', () => {
    const links = Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [`l${at}`, `https://e.example/${at}`]),
    );
    assert.equal(cardOf(format({ links })).actions?.length, 6);
    assert.equal(cardOf(format({ links }, { showLinks: false })).actions, undefined);
    assert.equal(cardOf(format({ links: { a: 'javascript:alert(1)' } })).actions, undefined);
  });

  it('goes to the whole URL that Teams gave', () => {
    const { target } = compileTeams({})({ survey: readCioPulse(sample), message: {} });
    assert.deepEqual(target, { method: 'POST', path: '', headers: {} });
  });

  it('refuses options that are none', () => {
    for (const options of [{ title: [5] }, { title: '{{#x}}' }, { showLinks: 'yes' }])
      assert.throws(() => compileTeams(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
