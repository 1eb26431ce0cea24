import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { oneLine, wellFormed } from '../../../../src/survey/formats/cut.ts';
import { describeInHtml } from '../../../../src/survey/formats/freshdesk.ts';
import { linksOf, summarise } from '../../../../src/survey/formats/summary.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';
import { anySurvey } from '../../../support/any-survey.ts';
import { readHtml } from '../../../support/read-html.ts';

const lines = (text: string): string => wellFormed(text).replace(/\r\n|\r/g, '\n');

describe('The HTML for Freshdesk', () => {
  it('has the tags that it is made of, and no others, whatever respondents write', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const { tags } = readHtml(describeInHtml(survey));
        const urls = linksOf(survey).map(({ url }) => url);
        for (const { name, attributes } of tags) {
          assert.ok(['p', 'b', 'br', 'a'].includes(name), name);
          assert.deepEqual(Object.keys(attributes), name === 'a' ? ['href'] : []);
          if (name === 'a') assert.ok(urls.includes(attributes['href'] ?? ''));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows every text as it was written, facts in one line each, unless it says that it was cut', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const paragraphs = readHtml(describeInHtml(survey)).tags.filter(({ name }) => name === 'p');
        const isCommented = survey.comment.trim() !== '';
        const facts = paragraphs[isCommented ? 1 : 0]?.text ?? '';
        if (isCommented) assertShown(paragraphs[0]?.text ?? '', lines(survey.comment));
        for (const { label, text } of summarise(survey))
          assert.ok(facts.includes(`${label}: ${wellFormed(oneLine(text)).slice(0, 50)}`));
      }),
      { numRuns: 150 },
    );
  });

  it('has a limit for all its parts', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => assert.ok(describeInHtml(survey).length < 102_500)),
      { numRuns: 50 },
    );
    const html = describeInHtml(parseSurveyResponse({ source: 'x', comment: '&'.repeat(60_000) }));
    assert.match(html, /^<p>(?:&amp;)+…<br>\(cut, 60,000 characters in all\)<\/p>$/);
    assert.ok(html.length <= 50_010);
  });

  it('has at most twenty links, and those whole', () => {
    const links = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`l${at}`, `https://e.example/${at}`]),
    );
    const long = { a: `https://e.example/${'x'.repeat(3000)}`, ...links };
    const { tags } = readHtml(describeInHtml(parseSurveyResponse({ source: 'x', links: long })));
    const anchors = tags.filter(({ name }) => name === 'a');
    assert.deepEqual(
      [anchors.length, anchors[0]?.text, anchors[0]?.attributes['href']],
      [20, 'l0', 'https://e.example/0'],
    );
  });

  it('is never empty', () => {
    assert.equal(describeInHtml(parseSurveyResponse({ source: 'x' })), '<p>Survey response</p>');
  });
});

function assertShown(shown: string, text: string): void {
  const [, start] = /^([^]*)…\n\(cut, [\d,]+ characters in all\)$/.exec(shown) ?? [];
  if (start === undefined) assert.equal(shown, text);
  else assert.ok(text.startsWith(start) && start.length > 1000);
}
