import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, it } from 'mocha';
import { wellFormed } from '../../../../src/survey/formats/cut.ts';
import { describeInMarkdown, escapeMarkdown } from '../../../../src/survey/formats/zendesk.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

/** As strict as Markdown gets, and as liberal: with HTML, tables and struck out text. */
const READERS = [new MarkdownIt('commonmark'), new MarkdownIt({ html: true })];

const PLAIN = ['paragraph_open', 'inline', 'paragraph_close', 'text', 'softbreak', 'hardbreak'];

type Reader = (typeof READERS)[number];

const tokensOf = (reader: Reader, markdown: string) =>
  reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** The lines that a reader shows, without empty ones; undefined where it sees anything but plain paragraphs. */
function shownLines(reader: Reader, markdown: string): string[] | undefined {
  const tokens = tokensOf(reader, markdown);
  if (tokens.some(({ type }) => !PLAIN.includes(type))) return undefined;
  const text = tokens.map(({ type, content }) => {
    if (type === 'text') return content;
    return type === 'inline' ? '' : '\n';
  });
  return linesOf(text.join(''));
}

/** Spaces at the start of a line are kept as ones that do not break, which look the same. */
const linesOf = (text: string): string[] =>
  text
    .replaceAll(/[\t\u00A0]/g, ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('Text as Zendesk’s Markdown', () => {
  it('shows what others wrote, line by line, and nothing of it is markup', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = linesOf(wellFormed(text).replace(/\{(?=[{%])/g, '{ '));
        for (const reader of READERS)
          assert.deepEqual(shownLines(reader, escapeMarkdown(wellFormed(text))), expected);
      }),
      { numRuns: 500 },
    );
  });

  for (const block of [
    '# a',
    '  ## a',
    '    code',
    '\tcode',
    'a\n===',
    'a\n---',
    '* * *',
    '- a\n  - b',
    '+ a',
    '1) a',
    '12. a',
    '> a',
    '```\na\n```',
    '~~~\na',
    '|a|b|\n|-|-|\n|1|2|',
    'a|b\n:-|-:',
    '[a]: https://evil.example\n\n[a]',
    '<div>\na',
    'a  \nb\\\nc',
    '![x](https://evil.example/pixel.png)',
    '<https://evil.example>',
    '&lt;b&gt; &#60; &copy;',
    '__a__ _b_ snake_case_word',
  ])
    it(`keeps ${JSON.stringify(block)} as it is`, () => {
      for (const reader of READERS)
        assert.deepEqual(shownLines(reader, escapeMarkdown(block)), linesOf(block));
    });

  it('escapes only what would mean something', () => {
    for (const plain of [
      'R&D',
      'a - b',
      '2.5',
      '+49 30',
      '-5 of 10',
      'jo_b@example.com',
      'https://a.example/x_y?z=(1)',
      'Great! (really) {x}',
    ])
      assert.equal(escapeMarkdown(plain), plain);
  });

  it('lets nobody use a placeholder', () => {
    assert.equal(escapeMarkdown('{{ticket.id}} {{{x}}} {% if a %}'), '{ {ticket.id}} { { {x}}} { % if a %}');
  });

  it('keeps its structure: a list of facts and one of links that go where they say', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const markdown = describeInMarkdown(survey);
        const tokens = tokensOf(READERS[0]!, markdown);
        for (const token of tokens) {
          const kinds = [
            ...PLAIN,
            'bullet_list_open',
            'bullet_list_close',
            'list_item_open',
            'list_item_close',
          ];
          assert.ok([...kinds, 'link_open', 'link_close'].includes(token.type), token.type);
          if (token.type === 'link_open') assert.match(String(token.attrGet('href')), /^https?:\/\//);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('links with a URL whose signs would end the link', () => {
    const links = { 'a](b)': 'https://e.example/a)b<c>?d=[e]{{f}}&copy;_g_', '': 'http://e.example/' };
    const markdown = describeInMarkdown({ ...readCioPulse(sample), comment: '', links });
    const found = tokensOf(READERS[0]!, markdown).filter(({ type }) => type === 'link_open');
    assert.deepEqual(
      found.map((token) => token.attrGet('href')),
      ['https://e.example/a%29b%3Cc%3E?d=%5Be%5D%7B%7Bf%7D%7D&copy%3B_g_', 'http://e.example/'],
    );
    assert.match(markdown, /- \[Link\]\(http:\/\/e\.example\/\)$/);
  });

  it('is never empty', () =>
    assert.equal(describeInMarkdown(parseSurveyResponse({ source: 'x', comment: ' ' })), 'Survey response'));
});
