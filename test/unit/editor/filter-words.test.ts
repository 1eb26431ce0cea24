import assert from 'node:assert/strict';
import {
  areScores,
  describeFilter,
  filterLabel,
  readFilter,
} from '../../../nodes/shared/editor/filter-words.ts';
import { readTextList, writeTextList } from '../../../nodes/shared/editor/text-list.ts';
import { SURVEY_SOURCES } from '../../../nodes/shared/editor/survey-sources.ts';
import { CLASSES } from '../../../src/survey/metric.ts';
import type { ResponseFilterSettings } from '../../../src/survey/response-filter.ts';
import { readWords } from '../../support/pack-files.ts';

const catalogue = readWords('response-filter');

/** Looks words up as the editor does. */
function words(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = catalogue.get(key);
  assert.ok(text !== undefined, key);
  return text.replaceAll(/__(\w+)__/g, (_, name: string) => String(values[name]));
}

const describedAs = (settings: ResponseFilterSettings): string =>
  describeFilter(readFilter(settings), words, 'en-GB');
const labelOf = (settings: ResponseFilterSettings): string => filterLabel(settings, words, 'en-GB');

describe('describeFilter', () => {
  it('says what matches', () => {
    assert.equal(
      describedAs({ ratings: ['red'], comment: 'with' }),
      'Matches responses rated red and with a comment.',
    );
    assert.equal(
      describedAs({
        sources: ['cio-pulse', 'my-tool'],
        classes: ['detractor'],
        scores: '0-2, 6,-1.5',
        comment: 'without',
      }),
      'Matches responses from CIOPulse or my-tool, classed as detractor, with a score of 0 to 2, 6 or -1.5 and without a comment.',
    );
  });

  it('says whether any or all drivers are asked for', () => {
    const drivers = ['Speed', 'Effort'];
    assert.equal(describedAs({ drivers }), 'Matches responses that chose Speed or Effort.');
    assert.equal(
      describedAs({ drivers, driversMode: 'all' }),
      'Matches responses that chose Speed and Effort.',
    );
  });

  it('says that everything matches where nothing is asked for', () => {
    assert.match(describedAs({}), /^Matches every response\./);
  });

  it('says what is wrong with the scores', () => {
    assert.match(describedAs({ scores: 'many' }), /such as 0-6,9/);
  });

  it('has a word for every source and class', () => {
    const classes = Object.values(CLASSES).flat();
    describedAs({ sources: SURVEY_SOURCES.map(({ id }) => id), classes });
  });
});

describe('filterLabel', () => {
  it('is what the filter asks for, where that is short', () => {
    assert.equal(labelOf({ ratings: ['red'], comment: 'with' }), 'rated red, with a comment');
  });

  it('is the name of the node where that is nothing, or long', () => {
    assert.equal(labelOf({}), 'response filter');
    assert.equal(
      labelOf({ ratings: ['red', 'orange', 'yellow', 'green', 'gold', 'silver'] }),
      'response filter',
    );
  });
});

describe('readFilter', () => {
  it('makes a whole filter of whatever a node holds', () => {
    const held = { ratings: 'red', classes: [{}], scores: 9, comment: 'perhaps', driversMode: 3 };
    assert.deepEqual(readFilter(held as unknown as ResponseFilterSettings), {
      sources: [],
      ratings: [],
      classes: [''],
      scores: '9',
      comment: 'any',
      drivers: [],
      driversMode: 'any',
    });
  });
});

describe('areScores', () => {
  it('takes scores and ranges, nothing, and what a variable fills in', () => {
    for (const text of ['0-6,9', '', '${SCORES}']) assert.ok(areScores(text), text);
    assert.ok(!areScores('red'));
  });
});

describe('readTextList', () => {
  it('reads what stands between commas, and nothing where nothing stands', () => {
    assert.deepEqual(readTextList(' red, dark orange ,,'), ['red', 'dark orange']);
    assert.deepEqual(readTextList(' '), []);
    assert.equal(writeTextList(['red', 'dark orange']), 'red, dark orange');
  });
});
