import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { wellFormed } from '../../../../src/survey/formats/cut.ts';
import { describeInWiki, escapeWiki } from '../../../../src/survey/formats/jira.ts';
import { linksOf } from '../../../../src/survey/formats/summary.ts';
import { encodeSigns } from '../../../../src/survey/formats/text-body.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';
import { readWiki } from '../../../support/read-wiki.ts';

const withoutJoiners = (text: string): string => text.replaceAll('\u2060', '');

/** What the markup is made of, with what may stand around it. */
const SIGNS = '\\ * _ ? - + ^ ~ { } [ ] ! | # ( ) : ; @ % x D 1 . h1. bq.'.split(' ').concat(' ', '\n');

describe('Text as Jira’s wiki markup', () => {
  it('shows what others wrote, and nothing of it is markup', () => {
    const signs = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(anyText, signs), (text) => {
        const wiki = escapeWiki(wellFormed(text));
        assert.deepEqual(readWiki(wiki), { text: withoutJoiners(wellFormed(text)), isPlain: true }, wiki);
      }),
      { numRuns: 2000 },
    );
  });

  for (const markup of [
    '[~jo] [~accountid:5b10]',
    '[click|https://evil.example]',
    '!https://evil.example/pixel.png!',
    '{code}x{code} {{mono}} {color:red}x{color} {quote}',
    '*bold* _it_ -gone- +new+ ^up^ ~down~ ??cite??',
    'h1. big',
    'a\n  bq. quote',
    '* a\n# b\n- c\n----',
    '|a|b|',
    'a \\\\ b',
    ':) ;) :-( :P :D (x) (!) (on) (*r)',
  ])
    it(`takes the meaning from ${JSON.stringify(markup)}`, () => {
      assert.equal(readWiki(markup).isPlain, false);
      assert.deepEqual(readWiki(escapeWiki(markup)), { text: markup, isPlain: true });
    });

  it('escapes only what would mean something', () => {
    for (const plain of [
      'R&D, well-known (really?) Great! 10:30',
      'jo_b@example.com https://e.example/a-b_c?d=1#e',
      'C:\\Users\\jo',
      '1. one',
    ])
      assert.equal(escapeWiki(plain), plain);
  });

  it('keeps its structure and its limit, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, (survey) => {
        const wiki = describeInWiki(survey);
        assert.ok(wiki !== '' && wiki.length <= 32_767, String(wiki.length));
        assert.doesNotMatch(wiki, /\p{Cs}/u);
        const urls = linksOf(survey).map(({ url }) => encodeSigns(url));
        for (const line of wiki.split('\n')) {
          const url = urls.find((one) => line.endsWith(` ${one}`)) ?? '';
          const text = line.replace(/^\* /, '').slice(0, -url.length || undefined);
          assert.ok(readWiki(text).isPlain, line);
        }
        for (const url of urls) assert.doesNotMatch(url, /[\s[\](){}<>|\\^!*`'"~;]/);
      }),
      { numRuns: 200 },
    );
  });

  it('has the comment first, then facts and links', () => {
    assert.equal(
      describeInWiki(readCioPulse(sample)),
      [
        'You guys rock!',
        '',
        '* Score: 9 of 10 (promoter)',
        '* Customer: carole.customer',
        '* Ticket: INC123456',
        '* Agent: adam.agent',
        '* Support group: Service Desk',
        '* Because of: Responsiveness',
        '* Segment: New Zealand',
        '* Language: English',
        '* Answered: 2021-07-29T07:50:52.000Z',
        '',
        '* Service recovery notes: https://app.cio-pulse.com/service-recovery-notes?id=%28etc%29',
      ].join('\n'),
    );
  });

  it('gives the comment all the room there is, and says that it was cut', () => {
    for (const unit of ['x', 'ä', '😀', '*', '\\*', ':P ']) {
      const wiki = describeInWiki({ ...readCioPulse(sample), comment: unit.repeat(40_000) });
      assert.ok(wiki.length <= 32_767 && wiki.length > 32_750, `${unit}: ${wiki.length}`);
      assert.match(wiki, /…\n\(cut, [\d,]+ characters in all\)\n\n\* Score/);
    }
  });

  it('leaves out links that have no room, and is never empty', () => {
    const links = { long: `https://e.example/${'x'.repeat(6000)}`, short: 'https://e.example/' };
    assert.match(
      describeInWiki({ ...readCioPulse(sample), links }),
      /Z\n\n\* short: https:\/\/e\.example\/$/,
    );
    assert.equal(describeInWiki(parseSurveyResponse({ source: 'x', comment: ' ' })), 'Survey response');
  });
});
