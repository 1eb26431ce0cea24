import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headline, linksOf, summarise } from '../../../../src/survey/formats/summary.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';

const response = (fields: object) => parseSurveyResponse({ source: 'generic', ...fields });
const jo = { name: 'Jo Doe', id: 'jo', email: 'jo@example.com', phone: '' };
const factOf = (label: string, fields: object): string | undefined =>
  summarise(response(fields)).find((row) => row.label === label)?.text;

describe('A survey response in short', () => {
  it('reads well for every metric and scale', () => {
    const csat = { metric: 'csat', score: 4, scale: { min: 1, max: 5 }, class: 'satisfied' };
    const ces = { metric: 'ces', score: 2, scale: { min: 1, max: 7 }, class: 'difficult' };
    assert.equal(headline(response({ ...csat, respondent: jo })), 'Satisfied 4/5 from Jo Doe');
    assert.equal(headline(response({ ...ces, ticketId: 'INC1' })), 'Difficult 2/7 (INC1)');
    assert.equal(factOf('Score', csat), '4 of 5 (satisfied)');
    assert.equal(factOf('Score', ces), '2 of 7 (difficult)');
    assert.equal(factOf('Score', { score: 0 }), '0 of 10');
    assert.equal(factOf('Score', { class: 'easy' }), 'Easy');
  });

  it('says the rating where there is no class, and once', () => {
    assert.equal(headline(response({ rating: 'Gold star', respondent: jo })), 'Rating Gold star from Jo Doe');
    assert.equal(factOf('Rating', { rating: 'Gold star', score: 5 }), 'Gold star');
    assert.equal(factOf('Rating', { rating: '5', score: 5 }), undefined);
    assert.equal(factOf('Rating', { rating: 'Satisfied', class: 'satisfied' }), undefined);
    assert.equal(headline(response({})), 'Survey response');
  });

  it('names whoever answered by what is known', () => {
    assert.equal(headline(response({ respondent: { phone: '123' } })), 'Survey response from 123');
    assert.equal(headline(response({ respondent: { name: '  ', id: 'jo' } })), 'Survey response from jo');
    assert.equal(factOf('Customer', { respondent: jo }), 'Jo Doe, jo, jo@example.com');
  });

  it('leaves out what says nothing', () => {
    const segments = [
      { code: 'NONE', name: 'None' },
      { code: 'NZ', name: '' },
    ];
    assert.equal(factOf('Segment', { segments }), 'NZ');
    assert.equal(factOf('Because of', { drivers: { Speed: 0, Effort: -1 } }), 'Effort');
    assert.deepEqual(summarise(response({ agent: ' ', account: '\n' })), []);
  });

  it('has links to the web only, each with a name', () => {
    const links = {
      ' a\nb ': 'https://x.example/<y>',
      '': 'http://x.example',
      js: 'javascript:alert(1)',
      none: '',
    };
    assert.deepEqual(linksOf(response({ links })), [
      { label: 'a b', url: 'https://x.example/%3Cy%3E' },
      { label: 'Link', url: 'http://x.example/' },
    ]);
  });
});
