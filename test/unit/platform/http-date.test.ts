import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHttpDate } from '../../../src/platform/http-date.ts';

const NOW = Date.UTC(2026, 0, 1);
const EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37);

/** The three formats of a time, the second only for years near `NOW`. */
function formatsOf(at: number): [fixed: string, rfc850: string, asctime: string] {
  const fixed = new Date(at).toUTCString();
  const [day = '', date = '', month = '', year = '', time = ''] = fixed.replace(',', '').split(' ');
  const long = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(at);
  return [
    fixed,
    `${long}, ${date}-${month}-${year.slice(2)} ${time} GMT`,
    `${day} ${month} ${date.replace(/^0/, ' ')} ${time} ${year}`,
  ];
}

describe('parseHttpDate', () => {
  for (const text of [
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
  ])
    it(`reads "${text}"`, () => assert.equal(parseHttpDate(text, NOW), EXAMPLE));

  it('reads any time in each of the three formats', () => {
    const seconds = fc.integer({ min: Date.UTC(1980, 0) / 1000, max: Date.UTC(2060, 0) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        for (const text of formatsOf(second * 1000)) assert.equal(parseHttpDate(text, NOW), second * 1000);
      }),
    );
  });

  it('takes a year of two digits for one that is at most 50 years ahead', () => {
    assert.equal(parseHttpDate('Wednesday, 01-Jan-76 00:00:00 GMT', NOW), Date.UTC(2076, 0, 1));
    assert.equal(parseHttpDate('Saturday, 01-Jan-77 00:00:00 GMT', NOW), Date.UTC(1977, 0, 1));
    assert.equal(parseHttpDate('Friday, 01-Jan-10 00:00:00 GMT', Date.UTC(2090, 0, 1)), undefined);
    assert.equal(
      parseHttpDate('Wednesday, 01-Jan-10 00:00:00 GMT', Date.UTC(2090, 0, 1)),
      Date.UTC(2110, 0, 1),
    );
  });

  it('takes a leap second for the first one of the next minute', () => {
    assert.equal(parseHttpDate('Sat, 31 Dec 2016 23:59:60 GMT', NOW), Date.UTC(2017, 0, 1));
  });

  for (const text of [
    '',
    '0',
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Monday, 06-Nov-94 08:49:37 GMT',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 UTC',
    'Sun, 06 Nov 1994 08:49:37 +0000',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Sun, 06 Nov 94 08:49:37 GMT',
    'sun, 06 nov 1994 08:49:37 gmt',
    'SUN, 06 NOV 1994 08:49:37 GMT',
    'Sun,06 Nov 1994 08:49:37 GMT',
    'Sun, 06  Nov 1994 08:49:37 GMT',
    ' Sun, 06 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT ',
    'Sun, 06 Now 1994 08:49:37 GMT',
    'Sun, 31 Feb 1994 08:49:37 GMT',
    'Tue, 00 Nov 1994 08:49:37 GMT',
    'Sunday, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-1994 08:49:37 GMT',
    'Sun, 06-Nov-94 08:49:37 GMT',
    'Sun Nov 6 08:49:37 1994',
    'Sun Nov  6 08:49:37 1994 GMT',
    'Sun Nov 06 08:49:37 94',
    '1994-11-06T08:49:37Z',
    '784111777',
  ])
    it(`takes "${text}" for no date`, () => assert.equal(parseHttpDate(text, NOW), undefined));

  it('answers any text at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        assert.equal(parseHttpDate(text, NOW), undefined);
      }),
    );
    assert.equal(parseHttpDate('Sun, '.repeat(20_000), NOW), undefined);
  });
});
