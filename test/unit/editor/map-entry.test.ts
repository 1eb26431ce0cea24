import assert from 'node:assert/strict';
import {
  areMapEntries,
  isBlank,
  MAP_CHOICES,
  needsMap,
  readMapEntry,
  usualEntries,
} from '../../../nodes/shared/editor/map-entry.ts';
import { MAPPED_PROPERTIES } from '../../../src/survey/record-property.ts';
import { parseMap } from '../../../src/survey/sources/map-row.ts';
import { readWords } from '../../support/pack-files.ts';

const row = (property: string, value = 'payload.x', valueType = 'msg'): object => ({
  property,
  value,
  valueType,
});

describe('MAP_CHOICES', () => {
  it('offers everything that a mapping can fill in, each with a word', () => {
    const offered: readonly string[] = MAP_CHOICES;
    assert.deepEqual(
      MAPPED_PROPERTIES.filter((property) => !offered.includes(property)),
      [],
    );
    const words = readWords('survey-response');
    for (const property of offered) assert.ok(words.has(`survey-response.property.${property}`), property);
  });
});

describe('areMapEntries', () => {
  it('takes no rows, and rows that each fill another property', () => {
    assert.ok(areMapEntries([], 'auto'));
    assert.ok(areMapEntries([row('score'), row('respondent.email'), row('links.review')], 'generic'));
    assert.ok(areMapEntries([{ property: 'score', value: 'payload.x' }], 'generic'));
    assert.ok(areMapEntries([row('comment', '', 'str')], 'cio-pulse'));
  });

  it('refuses what fills nothing, the same twice, or has no value', () => {
    for (const rows of [
      [row('colour')],
      [row('score'), row('score')],
      [row('score', ' ')],
      [undefined],
      ['score'],
      [row('links.a.b')],
    ])
      assert.ok(!areMapEntries(rows, 'generic'), JSON.stringify(rows));
  });

  it('takes answers to questions from Typeform alone', () => {
    const rows = [row('score', 'a-ref', 'answer')];
    assert.ok(areMapEntries(rows, 'typeform'));
    for (const source of ['auto', 'generic', 'delighted']) assert.ok(!areMapEntries(rows, source), source);
  });

  it('takes nothing that the node would refuse', () => {
    const rows = MAP_CHOICES.map((property) => row(property));
    assert.ok(areMapEntries(rows, 'generic'));
    assert.equal(parseMap(rows).length, rows.length);
  });
});

describe('usualEntries', () => {
  it('begins a mapping for the sources that need one, and for no other', () => {
    assert.deepEqual(
      usualEntries('customer-thermometer').map(({ property }) => property),
      ['responseId', 'rating', 'comment', 'respondent.email'],
    );
    assert.ok(needsMap('generic') && usualEntries('generic').every(isBlank));
    for (const source of ['auto', 'cio-pulse', 'typeform']) {
      assert.ok(!needsMap(source), source);
      assert.deepEqual(usualEntries(source), []);
    }
  });
});

describe('readMapEntry', () => {
  it('makes a row of whatever a node holds', () => {
    for (const held of [undefined, null, 'row', 7, {}])
      assert.deepEqual(readMapEntry(held), { property: '', value: '', valueType: 'msg' });
    assert.deepEqual(readMapEntry(row('score', '9', 'num')), row('score', '9', 'num'));
  });
});
