import assert from 'node:assert/strict';
import { mergeResponse } from '../../../src/records/merge-response.ts';

const stored = {
  source: 'delighted',
  metric: 'csat',
  score: 5,
  scale: { min: 1, max: 5, direction: 'higher-is-better' },
  class: 'satisfied',
  comment: 'Quick.',
  respondent: { id: '7', email: 'ann@x.org', phone: '', name: 'Ann' },
  drivers: { Speed: 1, Effort: 0 },
  segments: [{ code: 'NZ', name: 'New Zealand' }],
  links: { response: 'https://x.org/1' },
};
const empty = {
  source: '',
  metric: 'nps',
  score: null,
  scale: { min: 0, max: 10, direction: 'higher-is-better' },
  class: null,
  comment: '  ',
  respondent: { id: '', email: '', phone: '', name: '' },
  drivers: {},
  segments: [],
  links: {},
};

describe('A later event of a survey response', () => {
  it('that says nothing leaves everything as it is', () => {
    assert.deepEqual(mergeResponse(stored, empty), stored);
    assert.deepEqual(mergeResponse(stored, {}), stored);
  });

  it('fills what was empty, and what was not there', () => {
    assert.deepEqual(mergeResponse(empty, stored), stored);
    assert.deepEqual(mergeResponse({}, empty), empty);
  });

  it('brings its comment and keeps the score', () => {
    const later = { ...empty, comment: 'Quick, and kind.' };
    assert.deepEqual(mergeResponse(stored, later), { ...stored, comment: 'Quick, and kind.' });
  });

  it('brings what it knows of the respondent and keeps the rest', () => {
    const merged = mergeResponse(stored, { respondent: { phone: '555', name: 'Anna', email: null } });
    assert.deepEqual(merged['respondent'], { id: '7', email: 'ann@x.org', phone: '555', name: 'Anna' });
  });

  it('adds links, and takes lists and drivers for the whole choice', () => {
    const segments = [{ code: 'AU', name: 'Australia' }];
    const merged = mergeResponse(stored, { links: { notes: 'n' }, segments, drivers: { Effort: -1 } });
    assert.deepEqual(merged['links'], { response: 'https://x.org/1', notes: 'n' });
    assert.deepEqual(merged['segments'], segments);
    assert.deepEqual(merged['drivers'], { Effort: -1 });
  });

  it('with a score brings class, metric and scale with it, also none', () => {
    const scale = { min: 0, max: 10, direction: 'higher-is-better' };
    const later = { ...empty, metric: 'nps', score: 0, scale, class: null };
    assert.deepEqual(mergeResponse(stored, later), {
      ...stored,
      metric: 'nps',
      score: 0,
      scale,
      class: null,
    });
  });

  it('may be the first that has a class', () => {
    const before = { ...stored, score: null, class: null };
    assert.equal(mergeResponse(before, { ...empty, class: 'satisfied' })['class'], 'satisfied');
  });

  it('takes a value for what it is where the stored one is of another kind', () => {
    assert.deepEqual(mergeResponse({ a: 'text', b: { c: 1 } }, { a: { c: 2 }, b: 'text' }), {
      a: { c: 2 },
      b: 'text',
    });
  });

  it('changes nothing in what it is given', () => {
    const [before, later] = [
      structuredClone(stored),
      { respondent: { name: 'Anna' }, drivers: { Speed: -1 } },
    ];
    mergeResponse(before, later);
    assert.deepEqual(before, stored);
  });
});
