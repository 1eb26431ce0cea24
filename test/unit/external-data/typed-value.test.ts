import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExternalFieldType } from '../../../src/external-data/external-data.ts';
import { LONGEST_VALUE, readTyped } from '../../../src/external-data/typed-value.ts';

const TYPES: readonly ExternalFieldType[] = ['boolean', 'date-time', 'integer', 'string'];

const TAKEN: readonly [ExternalFieldType, unknown, unknown][] = [
  ['boolean', true, true],
  ['boolean', false, false],
  ['boolean', 'true', true],
  ['boolean', ' FALSE ', false],
  ['integer', 0, 0],
  ['integer', -0, 0],
  ['integer', 1.0, 1],
  ['integer', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['integer', '-9007199254740991', Number.MIN_SAFE_INTEGER],
  ['integer', ' +12 ', 12],
  ['integer', '007', 7],
  ['date-time', '2026-01-31T14:05:00+01:00', '2026-01-31T13:05:00.000Z'],
  ['date-time', '2026-01-31 14:05:00', '2026-01-31T14:05:00.000Z'],
  ['date-time', '2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['date-time', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['string', '', ''],
  ['string', ' as it is \u0000', ' as it is \u0000'],
  ['string', 'x'.repeat(LONGEST_VALUE), 'x'.repeat(LONGEST_VALUE)],
  ['string', 1.5, '1.5'],
  ['string', -9007199254740991, '-9007199254740991'],
  ['string', false, 'false'],
];

const REFUSED: readonly [ExternalFieldType, unknown, RegExp][] = [
  ['boolean', 1, /It is a whole number; this field takes true or false\./],
  ['boolean', 'yes', /It is a text/],
  ['boolean', '', /It is a text/],
  ['integer', 1.5, /It is a number; this field takes a whole number/],
  ['integer', 2 ** 53, /It is a whole number/],
  ['integer', '9007199254740992', /It is a text/],
  ['integer', '1e3', /It is a text/],
  ['integer', '0x10', /It is a text/],
  ['integer', '', /It is a text/],
  ['integer', true, /It is true or false/],
  ['date-time', '2026-02-30', /a date and time that exists/],
  ['date-time', 'tomorrow', /It is a text/],
  ['date-time', 1769868300000, /It is a whole number/],
  ['date-time', new Date(NaN), /It is an object/],
  ['string', 'x'.repeat(LONGEST_VALUE + 1), /It is a longer text; .* up to 4096 characters/],
  ['string', 12345678901234567890, /whose digits are all there/],
  ['string', Infinity, /It is a number/],
  ['string', NaN, /It is a number/],
];

describe('A value of external data', () => {
  for (const [type, sent, value] of TAKEN)
    it(`is taken as ${type} from ${String(sent).slice(0, 40)} (${typeof sent})`, () => {
      assert.deepEqual(readTyped(type, sent), { kind: 'value', value });
    });

  for (const [type, sent, words] of REFUSED)
    it(`is no ${type} where ${String(sent).slice(0, 40)} (${typeof sent}) is sent`, () => {
      const read = readTyped(type, sent);
      assert.equal(read.kind, 'wrong');
      assert.match(read.message, words);
    });

  for (const type of TYPES)
    it(`is no ${type} where an object or a list is sent`, () => {
      for (const sent of [{}, [], [1], { a: 1 }, ['true']]) {
        const read = readTyped(type, sent);
        assert.match(read.kind === 'wrong' ? read.message : '', /^It is (a list|an object);/);
      }
    });

  it('is always of its type, whatever is sent, and stays what it is when it is read once more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.jsonValue(), (type, sent) => {
        const read = readTyped(type, sent);
        if (read.kind === 'wrong') return;
        const jsonType = { boolean: 'boolean', integer: 'number', string: 'string', 'date-time': 'string' };
        assert.equal(typeof read.value, jsonType[type]);
        assert.deepEqual(readTyped(type, read.value), read);
        assert.deepEqual(readTyped(type, JSON.parse(JSON.stringify(read.value))), read);
      }),
    );
  });

  it('is not told by what is said of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), fc.string({ minLength: 3 }), (type, text) => {
        const sent = `${text}¤`;
        for (const value of [sent, [sent], { [sent]: sent }]) {
          const read = readTyped(type, value);
          if (read.kind === 'wrong') assert.equal(read.message.includes(sent), false);
        }
      }),
    );
  });
});
