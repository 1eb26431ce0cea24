import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { MappingSettings } from '../../../src/mapping/mapping.ts';
import { RecordMapping, refusalOf, type MappingResult } from '../../../src/mapping/record-mapping.ts';

const NOW = Date.UTC(2026, 0, 31, 14, 5);
const NOW_TEXT = '2026-01-31T14:05:00.000Z';

const apply = (settings: MappingSettings | string, payload: unknown): MappingResult =>
  new RecordMapping(typeof settings === 'string' ? { dataType: settings } : settings).apply(payload, NOW);

function valid(settings: MappingSettings | string, payload: unknown) {
  const result = apply(settings, payload);
  assert.equal(result.kind, 'valid', JSON.stringify(result));
  return result;
}

/** `field rule` of each violation. */
function broken(settings: MappingSettings | string, payload: unknown): string[] {
  const result = apply(settings, payload);
  assert.equal(result.kind, 'invalid', JSON.stringify(result));
  return result.violations.map(({ field, rule }) => `${field} ${rule}`.trim());
}

function messageOf(settings: MappingSettings | string, payload: unknown): string {
  const result = apply(settings, payload);
  assert.ok(result.kind === 'invalid' && result.violations.length === 1, JSON.stringify(result));
  return result.violations[0]!.message;
}

const FILLED_IN = ['email', 'phone', 'firstName', 'lastName', 'accountName', 'touchpoint'];

const response = {
  Email: 'a@example.com',
  'Sent Date': '2026-01-05',
  'Response Date': '2026-01-05 10:00:00',
};

describe('Records of each data type', () => {
  const cases: {
    dataType: string;
    sent: Record<string, unknown>;
    record: Record<string, unknown>;
    identifier: [property: string, value: string];
    missing: string[];
  }[] = [
    {
      dataType: 'accounts',
      sent: { 'Account Name': 'Example Ltd' },
      record: { accountName: 'Example Ltd' },
      identifier: ['accountName', 'Example Ltd'],
      missing: ['Account Name required'],
    },
    {
      dataType: 'contacts',
      sent: { Phone: '+49 (30) 12-34', 'First Name': 'Jo', 'Last Name': 'Doe', 'Account Name': 'Example' },
      record: { phone: '+49 (30) 12-34', firstName: 'Jo', lastName: 'Doe', accountName: 'Example' },
      identifier: ['phone', '+49 (30) 12-34'],
      missing: ['Email or Phone required'],
    },
    {
      dataType: 'surveys',
      sent: { Email: 'a@example.com', Phone: '1', Touchpoint: 'Delivery' },
      record: { email: 'a@example.com', phone: '1', touchpoint: 'Delivery' },
      identifier: ['email', 'a@example.com'],
      missing: ['Email or Phone required'],
    },
    {
      dataType: 'multi-object',
      sent: { Email: 'a@example.com', 'Account Name': 'Example', Touchpoint: 'Delivery' },
      record: { email: 'a@example.com', accountName: 'Example', touchpoint: 'Delivery' },
      identifier: ['email', 'a@example.com'],
      missing: ['Email or Phone required'],
    },
    {
      dataType: 'account-aliases',
      sent: { 'Account Name': 'Example Ltd', Alias: 'EX' },
      record: { accountName: 'Example Ltd', alias: 'EX' },
      identifier: ['alias', 'EX'],
      missing: ['Account Name required', 'Alias required'],
    },
    {
      dataType: 'activities',
      sent: { 'Account Name': 'Example', Reference: 17, Source: 'CRM', Type: 'call' },
      record: { accountName: 'Example', reference: '17', source: 'CRM', type: 'call', happenedAt: NOW_TEXT },
      identifier: ['reference', '17'],
      missing: ['Account Name required', 'Reference required', 'Source required', 'Type required'],
    },
    {
      dataType: 'external-responses',
      sent: { ...response, Score: '0', Comment: ' as it is ' },
      record: {
        email: 'a@example.com',
        sentDate: '2026-01-05T00:00:00.000Z',
        responseDate: '2026-01-05T10:00:00.000Z',
        score: 0,
        comment: ' as it is ',
      },
      identifier: ['email, responseDate', 'a@example.com, 2026-01-05T10:00:00.000Z'],
      missing: ['Email or Phone required', 'Sent Date required', 'Response Date required'],
    },
  ];
  for (const { dataType, sent, record, identifier, missing } of cases)
    describe(dataType, () => {
      it('have the properties of the table and their identifier', () => {
        const isFilledIn = dataType === 'surveys' || dataType === 'multi-object';
        const result = valid(dataType, sent);
        assert.deepEqual(result.payload, record);
        assert.deepEqual(result.record, {
          dataType,
          identifier: { property: identifier[0], value: identifier[1] },
          droppedFields: [],
          ...(dataType === 'activities' && { defaults: { happenedAt: NOW_TEXT } }),
          ...(isFilledIn && { autoPopulate: FILLED_IN }),
        });
      });

      it('are refused without what is required, everything at once', () => {
        assert.deepEqual(broken(dataType, {}), missing);
        const blank = Object.fromEntries(Object.keys(sent).map((name) => [name, '  ']));
        assert.deepEqual(broken(dataType, blank), missing);
      });
    });
});

describe('The time of an activity', () => {
  it('is not put in where the mapping requires that it is sent', () => {
    const fields = [{ field: 'Happened At', property: 'happenedAt', required: true }];
    const sent = { 'Account Name': 'Example', Reference: 17, Source: 'CRM', Type: 'call' };
    assert.deepEqual(broken({ dataType: 'activities', fields }, sent), ['Happened At required']);
    const { record } = valid({ dataType: 'activities', fields }, { ...sent, 'Happened At': '2026-01-31' });
    assert.equal(record.defaults, undefined);
  });
});

describe('Names of fields', () => {
  it('are compared without case and outer spaces', () => {
    const { payload } = valid('contacts', { ' EMAIL ': 'a@example.com', 'first name': 'Jo' });
    assert.deepEqual(payload, { email: 'a@example.com', firstName: 'Jo' });
  });

  it('are the same however their accents are put together', () => {
    const fields = [{ field: 'Société', property: 'company' }];
    const { payload } = valid(
      { dataType: 'contacts', fields },
      { ['Socie\u0301te\u0301']: 'Acme', Phone: '1' },
    );
    assert.deepEqual(payload, { company: 'Acme', phone: '1' });
  });

  it('cannot hold up the process with marks that take long to sort', () => {
    const started = performance.now();
    valid('contacts', { [`a${'\u0315\u0300'.repeat(100_000)}`]: 1, Phone: '1' });
    assert.ok(performance.now() - started < 1000);
  });

  it('may come twice: the later counts', () => {
    const { payload } = valid('contacts', { email: 'query@example.com', Email: 'body@example.com' });
    assert.deepEqual(payload, { email: 'body@example.com' });
  });

  it('can be those of a mapping, with its properties in record and identifier', () => {
    const fields = [{ field: 'Kunde', property: 'customer', type: 'email', required: true }];
    const renamed = [{ field: 'E-Mail', property: 'email' }, { field: 'Phone', property: 'tel' }, ...fields];
    const { payload, record } = valid(
      { dataType: 'contacts', fields: renamed },
      { kunde: 'k@example.com', PHONE: '1' },
    );
    assert.deepEqual(payload, { tel: '1', customer: 'k@example.com' });
    assert.deepEqual(record.identifier, { property: 'tel', value: '1' });
    assert.match(
      messageOf({ dataType: 'contacts', fields: renamed.slice(0, 2) }, {}),
      /^E-Mail or Phone is required/,
    );
  });
});

describe('What a record tells of its mapping', () => {
  const fields = [
    { field: 'E-Mail', property: 'mail', type: 'email' },
    { field: 'Email', property: 'email' },
    { field: 'Account', property: 'accountName' },
    { field: 'Touchpoint', property: 'moment' },
    { field: 'Colour', property: 'colour' },
  ];

  it('is how built-in properties are called that it renames, and nothing where it renames none', () => {
    const renamed = [
      { field: 'Phone', property: 'tel' },
      { field: 'Last Name', property: 'surname' },
    ];
    const { record } = valid({ dataType: 'contacts', fields: renamed }, { Phone: '1' });
    assert.deepEqual(record.properties, { phone: 'tel', lastName: 'surname' });
    assert.ok(!('properties' in valid('contacts', { Phone: '1' }).record));
    const moved = valid({ dataType: 'surveys', fields }, { Email: 'a@example.com' }).record;
    assert.deepEqual(moved.properties, { touchpoint: 'moment' });
  });

  it('is what is filled in from the store, by the names of the record, where its data type has that', () => {
    const autoPopulate = ['moment', 'colour'];
    const settings = { dataType: 'multi-object', fields, autoPopulate };
    assert.deepEqual(valid(settings, { Phone: '1' }).record.autoPopulate, autoPopulate);
    assert.deepEqual(valid({ ...settings, autoPopulate: [] }, { Phone: '1' }).record.autoPopulate, []);
    assert.ok(!('autoPopulate' in valid('contacts', { Phone: '1' }).record));
  });
});

describe('Either of two fields', () => {
  it('is one violation where both are missing', () => {
    assert.equal(messageOf('contacts', {}), 'Email or Phone is required: send at least one of them.');
  });

  it('is no violation of its own where one is there and wrong', () => {
    assert.deepEqual(broken('contacts', { Email: 'nobody' }), ['Email format']);
  });

  it('gives way to one that is required alone', () => {
    const fields = [{ field: 'Email', property: 'email', required: true }];
    assert.deepEqual(broken({ dataType: 'contacts', fields }, { Phone: '1' }), ['Email required']);
  });
});

describe('Values', () => {
  const typed = (type: string, more = {}) => ({
    dataType: 'accounts',
    fields: [{ field: 'Value', property: 'value', type, ...more }],
  });
  const sent = (value: unknown) => ({ 'Account Name': 'A', Value: value });

  const read: [type: string, value: unknown, expected: unknown][] = [
    ['integer', '9', 9],
    ['integer', ' -12 ', -12],
    ['integer', 9, 9],
    ['number', '9.5', 9.5],
    ['number', '-1e3', -1000],
    ['boolean', 'Yes', true],
    ['boolean', '0', false],
    ['boolean', 1, true],
    ['boolean', false, false],
    ['string', 12, '12'],
    ['string', ' kept as it is ', ' kept as it is '],
    ['email', ' a@example.com ', 'a@example.com'],
    ['phone', 4930123, '4930123'],
    ['date-time', '2026-01-31 14:05:00', NOW_TEXT],
    ['date-time', new Date(NOW), NOW_TEXT],
  ];
  for (const [type, value, expected] of read)
    it(`reads ${JSON.stringify(value)} as ${type}`, () => {
      assert.deepEqual(valid(typed(type), sent(value)).payload['value'], expected);
    });

  const refused: [type: string, value: unknown, rule: string][] = [
    ['integer', '9.5', 'type'],
    ['integer', 9.5, 'type'],
    ['integer', '1e3', 'type'],
    ['integer', '0x10', 'type'],
    ['integer', '12345678901234567890', 'type'],
    ['integer', 1e20, 'maximum'],
    ['integer', true, 'type'],
    ['number', '1,5', 'type'],
    ['number', 'NaN', 'type'],
    ['number', Infinity, 'type'],
    ['number', '1e999', 'type'],
    ['boolean', 'maybe', 'type'],
    ['boolean', 2, 'type'],
    ['string', true, 'type'],
    ['string', 1e20, 'type'],
    ['string', ['a'], 'type'],
    ['string', { a: 1 }, 'type'],
    ['email', 'a@b', 'format'],
    ['email', 5, 'type'],
    ['phone', '12a', 'format'],
    ['phone', '+-()', 'format'],
    ['date-time', '2026-02-30 10:00:00', 'format'],
    ['date-time', 1769868300, 'type'],
    ['date-time', new Date(Number.NaN), 'type'],
  ];
  for (const [type, value, rule] of refused)
    it(`refuses ${JSON.stringify(value)} as ${type}`, () => {
      assert.deepEqual(broken(typed(type), sent(value)), [`Value ${rule}`]);
    });

  for (const nothing of ['', '   ', null, undefined])
    it(`takes ${JSON.stringify(nothing)} as nothing, not as 0 or false`, () => {
      for (const type of ['integer', 'number', 'boolean', 'string', 'date-time'])
        assert.ok(!('value' in valid(typed(type), sent(nothing)).payload));
    });

  it('must match a pattern, which is not tried on what is too long', () => {
    assert.deepEqual(broken(typed('string', { pattern: '^A' }), sent('B')), ['Value pattern']);
    assert.deepEqual(
      broken(typed('string', { pattern: '^(a+)+$', maxLength: 10 }), sent(`${'a'.repeat(99)}!`)),
      ['Value maxLength'],
    );
  });

  it('that are names have no outer spaces', () => {
    assert.equal(valid('accounts', { 'Account Name': ' Example ' }).record.identifier.value, 'Example');
  });
});

describe('Lengths', () => {
  const activity = { 'Account Name': 'A', Reference: 'R', Source: 'S', Type: 'T' };
  const limits: [field: string, limit: number][] = [
    ['Account Name', 255],
    ['Contact', 255],
    ['Reference', 128],
    ['Source', 100],
    ['Type', 100],
  ];
  for (const [field, limit] of limits)
    it(`of ${field} end at ${limit} characters, not bytes`, () => {
      valid('activities', { ...activity, [field]: '😀'.repeat(limit) });
      const tooLong = { ...activity, [field]: '😀'.repeat(limit + 1) };
      assert.deepEqual(broken('activities', tooLong), [`${field} maxLength`]);
      assert.match(
        messageOf('activities', tooLong),
        new RegExp(`at most ${limit} characters long; it has ${limit + 1}`),
      );
    });

  it('can be set', () => {
    const fields = [{ field: 'Comment', property: 'comment', maxLength: 1000 }];
    valid({ dataType: 'external-responses', fields }, { ...response, Comment: 'x'.repeat(1000) });
  });
});

describe('External responses', () => {
  for (const score of ['9.5', '11', '-1', 'ten', 9.5, 11])
    it(`refuse the score ${score}, and clamp nothing`, () => {
      const message = messageOf('external-responses', { ...response, Score: score });
      assert.match(message, /^Score must be a whole number from 0 to 10, not /);
    });

  it('refuse an answer before the question', () => {
    const early = {
      ...response,
      'Sent Date': '2026-01-05T13:00:00+02:00',
      'response date': '2026-01-05 10:59:59',
    };
    const result = apply('external-responses', early);
    assert.deepEqual(result.kind === 'invalid' && result.violations, [
      {
        field: 'Response Date',
        path: '/response date',
        rule: 'order',
        message:
          'Response Date (2026-01-05T10:59:59.000Z) must not be before Sent Date (2026-01-05T11:00:00.000Z).',
      },
    ]);
    valid('external-responses', { ...early, 'response date': '2026-01-05 11:00:00' });
  });

  it('do not compare a time that does not exist', () => {
    const sent = { ...response, 'Response Date': '2025-02-30T00:00:00Z' };
    assert.deepEqual(broken('external-responses', sent), ['Response Date format']);
  });
});

describe('Unknown fields', () => {
  const payload = (): Record<string, unknown> =>
    JSON.parse(
      '{"Email":"a@example.com","Colour":{"deep":["red"]},"phone ":"1","firstName":"x","__proto__":{"polluted":true}}',
    ) as Record<string, unknown>;

  it('are kept, but never in the place of a property or a prototype', () => {
    const result = valid('contacts', payload());
    assert.deepEqual(result.payload, { email: 'a@example.com', phone: '1', Colour: { deep: ['red'] } });
    assert.deepEqual(result.record.droppedFields, ['firstName', '__proto__']);
    assert.equal(Object.getPrototypeOf(result.payload), Object.prototype);
    assert.equal((result.payload as { polluted?: boolean }).polluted, undefined);
  });

  it('are dropped by name', () => {
    const result = valid({ dataType: 'contacts', unknownFields: 'drop' }, payload());
    assert.deepEqual(result.payload, { email: 'a@example.com', phone: '1' });
    assert.deepEqual(result.record.droppedFields, ['Colour', 'firstName', '__proto__']);
  });

  it('are refused, each by name', () => {
    const settings = { dataType: 'contacts', unknownFields: 'reject' };
    assert.deepEqual(broken(settings, payload()), [
      'Colour unknown',
      'firstName unknown',
      '__proto__ unknown',
    ]);
  });

  it('with names of what objects inherit are fields like others', () => {
    const result = valid('contacts', { Email: 'a@example.com', toString: 'x', constructor: 'y' });
    assert.deepEqual(Object.keys(result.payload), ['email', 'toString', 'constructor']);
    assert.deepEqual(broken('contacts', JSON.parse('{"__proto__":{"Email":"a@example.com"}}')), [
      'Email or Phone required',
    ]);
  });
});

describe('A payload that is no record', () => {
  const cases: [payload: unknown, message: RegExp][] = [
    [[{ Email: 'a@example.com' }], /put a split node before this one/],
    ['Email=a', /must be an object of fields, not "Email=a"/],
    [null, /not null/],
    [undefined, /not undefined/],
    [5, /not 5/],
    [Buffer.from('{}'), /not a buffer/],
    [Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`f${at}`, at])), /has 100000 fields/],
  ];
  for (const [payload, message] of cases)
    it(`is one violation that says so: ${message.source}`, () => {
      assert.match(messageOf('contacts', payload), message);
    });
});

describe('Violations', () => {
  it('are all listed, each with field, path, rule and message', () => {
    const result = apply('external-responses', { EMAIL: 'no', score: '11', 'Sent Date': 'soon' });
    assert.deepEqual(result.kind === 'invalid' && result.violations, [
      {
        field: 'Email',
        path: '/EMAIL',
        rule: 'format',
        message: 'Email must be an email address such as name@example.com, not "no".',
      },
      {
        field: 'Sent Date',
        path: '/Sent Date',
        rule: 'format',
        message:
          'Sent Date must be a date and time that exists, such as 2026-01-31 14:05:00 (UTC) or 2026-01-31T14:05:00+01:00, not "soon".',
      },
      {
        field: 'Response Date',
        path: '/Response Date',
        rule: 'required',
        message: 'Response Date is required.',
      },
      {
        field: 'Score',
        path: '/score',
        rule: 'maximum',
        message: 'Score must be a whole number from 0 to 10, not "11".',
      },
    ]);
  });

  it('never repeat long values or markup', () => {
    const evil = `<script>${'x'.repeat(100_000)}`;
    const settings = { dataType: 'contacts', unknownFields: 'reject' };
    const text = JSON.stringify(apply(settings, { Email: evil, [evil]: 1 }));
    assert.ok(text.length < 2000);
    assert.doesNotMatch(text, /<script/);
  });

  it('become a body with an error that counts them', () => {
    const result = apply('accounts', {});
    assert.ok(result.kind === 'invalid');
    assert.deepEqual(refusalOf(result.violations), {
      error: { code: 'invalid_record', message: 'The record is not valid: 1 violation.' },
      violations: result.violations,
    });
  });

  it('are the answer to any payload, never an exception', () => {
    const mapping = new RecordMapping({ dataType: 'external-responses', unknownFields: 'reject' });
    const names = fc.constantFrom(
      'Email',
      'Phone',
      'Sent Date',
      'Response Date',
      'Score',
      'Comment',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(names, fc.string()), fc.anything()), (payload) => {
        const result = mapping.apply(payload, NOW);
        return result.kind === 'valid' || result.violations.length > 0;
      }),
    );
  });
});
