import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RecordMapping } from '../../../src/mapping/record-mapping.ts';
import type { RecordSource } from '../../../src/records/invitation-id.ts';
import type { RecordChange } from '../../../src/records/record-store.ts';
import { readRecord, type RecordMessage } from '../../../src/records/read-record.ts';
import { readCioPulse } from '../../../src/survey/sources/cio-pulse.ts';
import sample from '../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const RECEIVED_AT = Date.UTC(2026, 0, 1);
const SOURCE: RecordSource = { requestId: 'request-1', part: [], nodeId: 'node-1', receivedAt: RECEIVED_AT };

const read = (message: Partial<RecordMessage>, source: Partial<RecordSource> = {}) =>
  readRecord(
    { payload: undefined, record: undefined, survey: undefined, ...message },
    { ...SOURCE, ...source },
  );

function changeOf(message: Partial<RecordMessage>, source?: Partial<RecordSource>): RecordChange {
  const result = read(message, source);
  assert.equal(result.kind, 'valid', JSON.stringify(result));
  return result.change;
}

/** `field path rule` of each violation. */
function broken(message: Partial<RecordMessage>): string[] {
  const result = read(message);
  assert.equal(result.kind, 'invalid', JSON.stringify(result));
  for (const { message: words } of result.violations) assert.match(words, /^\S.*\.$/);
  return result.violations.map(({ field, path, rule }) => `${field} ${path} ${rule}`);
}

/** What the validator makes of fields. */
function validated(dataType: string, fields: object, settings: object = {}): Partial<RecordMessage> {
  const result = new RecordMapping({ dataType, ...settings }).apply(fields, 0);
  assert.equal(result.kind, 'valid', JSON.stringify(result));
  return { payload: result.payload, record: result.record };
}

const account = (text: string) => ({ name: { text, key: text.toLowerCase() }, properties: {} });
const jane = {
  email: { text: 'Jane@Example.com', key: 'jane@example.com' },
  phone: { text: '+49 (30) 12', key: '493012' },
  account: account('Example'),
  properties: { firstName: 'Jane', Colour: 'red' },
};
const janeSent = {
  Email: 'Jane@Example.com',
  Phone: '+49 (30) 12',
  'First Name': 'Jane',
  'Account Name': 'Example',
  Colour: 'red',
};
const AUTO_POPULATE = ['email', 'phone', 'firstName', 'lastName', 'accountName'];

describe('A record of', () => {
  const cases: { dataType: string; sent: object; change: object }[] = [
    {
      dataType: 'accounts',
      sent: { 'Account Name': ' Example', Region: 'North' },
      change: { kind: 'account', account: { ...account('Example'), properties: { Region: 'North' } } },
    },
    { dataType: 'contacts', sent: janeSent, change: { kind: 'contact', contact: jane } },
    {
      dataType: 'account-aliases',
      sent: { 'Account Name': 'Example', Alias: 'EX' },
      change: { kind: 'alias', account: account('Example'), alias: { text: 'EX', key: 'ex' } },
    },
    {
      dataType: 'activities',
      sent: {
        'Account Name': 'Example',
        Reference: 'R-1',
        Source: 'CRM',
        Type: 'call',
        Contact: 'Jane',
        'Happened At': '2026-01-31 14:05:00',
        minutes: 12,
      },
      change: {
        kind: 'activity',
        account: account('Example'),
        reference: { text: 'R-1', key: 'r-1' },
        source: 'CRM',
        type: 'call',
        happenedAt: Date.UTC(2026, 0, 31, 14, 5),
        receivedAt: RECEIVED_AT,
        properties: { contact: 'Jane', minutes: 12 },
      },
    },
    {
      dataType: 'external-responses',
      sent: { Phone: '12', 'Sent Date': '2026-01-05', 'Response Date': '2026-01-06', Score: '0' },
      change: {
        kind: 'external-response',
        contact: {
          email: undefined,
          phone: { text: '12', key: '12' },
          account: undefined,
          properties: {},
        },
        sentAt: Date.UTC(2026, 0, 5),
        respondedAt: Date.UTC(2026, 0, 6),
        properties: { score: 0 },
      },
    },
    ...[['surveys', false] as const, ['multi-object', true] as const].map(([dataType, isContactUpdated]) => ({
      dataType,
      sent: { ...janeSent, Touchpoint: 'Delivery' },
      change: {
        kind: 'invitation',
        id: '',
        contact: jane,
        isContactUpdated,
        touchpoint: 'Delivery',
        autoPopulate: AUTO_POPULATE,
      },
    })),
  ];
  for (const { dataType, sent, change } of cases)
    it(`${dataType} becomes what the store is asked to do`, () => {
      const message = validated(dataType, sent);
      const result = read(message);
      assert.equal(result.kind, 'valid');
      const found = result.change.kind === 'invitation' ? { ...result.change, id: '' } : result.change;
      assert.deepEqual(found, change);
      assert.equal(result.record, message.record);
    });

  it('contacts is found in the properties that its mapping gives it', () => {
    const fields = [
      { field: 'E-Mail', property: 'mail', type: 'email' },
      { field: 'Email', property: 'email' },
      { field: 'Phone', property: 'tel' },
      { field: 'Account Name', property: 'company' },
      { field: 'First Name', property: 'vorname' },
    ];
    const renamed = fields.filter(({ property }) => property !== 'email' && property !== 'mail');
    const settings = { fields: [...renamed, { field: 'Email', property: 'mail' }] };
    const sent = { Email: 'jane@example.com', Phone: '12', 'Account Name': 'Example', 'First Name': 'Jane' };
    const change = changeOf(validated('contacts', sent, settings));
    assert.deepEqual(change, {
      kind: 'contact',
      contact: {
        email: { text: 'jane@example.com', key: 'jane@example.com' },
        phone: { text: '12', key: '12' },
        account: account('Example'),
        properties: { vorname: 'Jane' },
      },
    });
    const { payload, record } = validated('contacts', sent, settings);
    const spoilt = { payload: { ...(payload as object), mail: 'nobody' }, record };
    assert.deepEqual(broken(spoilt), ['mail /mail format']);
  });

  it('surveys asks for what the mapping fills in, by the names of the store', () => {
    const fields = [
      { field: 'Email', property: 'mail' },
      { field: 'Colour', property: 'colour' },
    ];
    const settings = { fields, autoPopulate: ['colour', 'mail', 'touchpoint'] };
    const change = changeOf(validated('surveys', { Phone: '1' }, settings));
    assert.deepEqual(change.kind === 'invitation' && change.autoPopulate, ['colour', 'email']);
  });

  it('surveys that names nothing to be filled in asks for all that surveys have', () => {
    const change = changeOf({ payload: { phone: '1' }, record: { dataType: 'surveys' } });
    assert.deepEqual(change.kind === 'invitation' && change.autoPopulate, AUTO_POPULATE);
  });

  it('external-responses may be answered in the moment in which it was sent', () => {
    const payload = { phone: '1', sentDate: '2026-01-02', responseDate: '2026-01-02' };
    const change = changeOf({ payload, record: { dataType: 'external-responses' } });
    assert.equal(change.kind === 'external-response' && change.respondedAt, Date.UTC(2026, 0, 2));
  });

  it('activities leaves the time open where a flow has taken it away', () => {
    const payload = { accountName: 'A', reference: 1, source: 'S', type: 'T' };
    const change = changeOf({ payload, record: { dataType: 'activities' } });
    assert.ok(change.kind === 'activity');
    assert.deepEqual([change.happenedAt, change.receivedAt], [undefined, RECEIVED_AT]);
  });

  it('activities happened when they were received, where the validator put that in for a time that was not sent', () => {
    const fields = { 'Account Name': 'A', Reference: 1, Source: 'S', Type: 'T' };
    const settings = { fields: [{ field: 'Happened At', property: 'when' }] };
    const message = validated('activities', fields, settings);
    const change = changeOf(message);
    assert.ok(change.kind === 'activity');
    assert.deepEqual([change.happenedAt, change.receivedAt], [undefined, 0]);
    const payload = { ...(message.payload as object), when: '2026-01-31' };
    const changed = changeOf({ ...message, payload });
    assert.ok(changed.kind === 'activity');
    assert.equal(changed.happenedAt, Date.UTC(2026, 0, 31), 'what a flow puts there counts as sent');
  });
});

describe('A record that a flow has spoilt', () => {
  const spoilt: [what: string, dataType: string, payload: unknown, violations: string[]][] = [
    ['has no name', 'accounts', { accountName: '  ' }, ['accountName /accountName required']],
    ['has a name that is none', 'accounts', { accountName: {} }, ['accountName /accountName type']],
    [
      'has a name with NUL in it',
      'accounts',
      { accountName: 'a\0b' },
      ['accountName /accountName characters'],
    ],
    [
      'has a name that was cut within a character',
      'activities',
      { accountName: 'a', reference: 'r \ud83d', source: 's', type: 't' },
      ['reference /reference characters'],
    ],
    [
      'has a name without an end',
      'accounts',
      { accountName: 'x'.repeat(1001) },
      ['accountName /accountName maxLength'],
    ],
    ['has neither key', 'contacts', { email: null, phone: '' }, ['email or phone  required']],
    ['has a phone without digits', 'contacts', { phone: '+' }, ['phone /phone format']],
    ['has an email that is none', 'surveys', { email: 'x', phone: '1' }, ['email /email format']],
    [
      'has a touchpoint that is none',
      'multi-object',
      { phone: '1', touchpoint: [] },
      ['touchpoint /touchpoint type'],
    ],
    ['lacks all', 'account-aliases', {}, ['accountName /accountName required', 'alias /alias required']],
    [
      'lacks or breaks all',
      'activities',
      { reference: true, source: Number.NaN, type: () => 1, happenedAt: 'yesterday', accountName: 'A' },
      ['source /source type', 'type /type type', 'happenedAt /happenedAt format'],
    ],
    [
      'has times that are none',
      'external-responses',
      { phone: '1', sentDate: 5, responseDate: '2026-02-30' },
      ['sentDate /sentDate type', 'responseDate /responseDate format'],
    ],
    [
      'was answered before it was sent',
      'external-responses',
      { phone: '1', sentDate: '2026-01-02', responseDate: '2026-01-01' },
      ['responseDate /responseDate order'],
    ],
    [
      'holds what is no JSON, several times',
      'accounts',
      { accountName: 'A', call: () => 1, 'a/b': Buffer.from('x') },
      ['call /call json', 'a/b /a~1b json'],
    ],
    [
      'holds a name that reaches prototypes',
      'accounts',
      JSON.parse('{"accountName":"A","__proto__":{"a":1}}'),
      ['__proto__ /__proto__ json'],
    ],
    ['is a list', 'accounts', [{ accountName: 'A' }], ['  array']],
    ['is a text', 'accounts', 'accountName=A', ['  object']],
    ['is a buffer', 'accounts', Buffer.from('{}'), ['  object']],
    ['is nothing', 'contacts', undefined, ['  object']],
  ];
  for (const [what, dataType, payload, violations] of spoilt)
    it(`is refused where it ${what}, with all that is wrong`, () => {
      assert.deepEqual(broken({ payload, record: { dataType } }), violations);
    });

  for (const [what, record, violation] of [
    ['is of no data type', {}, '  dataType'],
    ['is of an unknown data type', { dataType: 'constructor' }, '  dataType'],
    ['is nothing that the validator made', 'contacts', '  object'],
  ] as const)
    it(`is refused where msg.record ${what}`, () => {
      assert.deepEqual(broken({ payload: { email: 'a@example.com' }, record }), [violation]);
    });

  it('is refused where the message has none', () => {
    assert.deepEqual(broken({ payload: { email: 'a@example.com' } }), ['  required']);
  });

  it('is told with values that are safe to show', () => {
    const result = read({ payload: { email: `<b>${'x'.repeat(500)}` }, record: { dataType: 'contacts' } });
    assert.equal(result.kind, 'invalid');
    assert.ok(result.violations.every(({ message }) => message.length < 250 && !message.includes('<')));
  });

  it('never ends in an exception, whatever it is', () => {
    const dataTypes = ['accounts', 'contacts', 'surveys', 'multi-object', 'account-aliases', 'activities'];
    const fields = ['accountName', 'email', 'phone', 'touchpoint', 'alias', 'reference', 'source', 'type'];
    const arbitrary = fc.record({
      payload: fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...fields), fc.anything())),
      record: fc.oneof(
        fc.anything(),
        fc.record({
          dataType: fc.constantFrom(...dataTypes, 'external-responses', 'survey-responses'),
          properties: fc.anything(),
          autoPopulate: fc.anything(),
        }),
      ),
      survey: fc.anything(),
    });
    fc.assert(
      fc.property(arbitrary, (message) => {
        const result = read(message);
        assert.ok(result.kind === 'valid' || result.violations.length > 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('The id of an invitation', () => {
  const idOf = (payload: object, source?: Partial<RecordSource>, dataType = 'surveys'): string => {
    const change = changeOf({ payload, record: { dataType } }, source);
    assert.equal(change.kind, 'invitation');
    return change.id;
  };
  const sent = { email: 'jane@example.com', touchpoint: 'Delivery' };

  it('is a UUID, and the same when the same request comes again', () => {
    const id = idOf(sent);
    assert.match(id, /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.equal(idOf({ ...sent, email: ' JANE@example.com', firstName: 'Jane' }), id);
  });

  it('is another for another request, part of it, node, contact or touchpoint', () => {
    const ids = [
      idOf(sent),
      idOf(sent, { requestId: 'request-2' }),
      idOf(sent, { part: [0] }),
      idOf(sent, { part: [1] }),
      idOf(sent, { part: [1, 0] }),
      idOf(sent, { nodeId: 'node-2' }),
      idOf({ ...sent, email: 'john@example.com' }),
      idOf({ ...sent, phone: '1' }),
      idOf({ phone: 'jane1@example.com', touchpoint: 'Delivery' }),
      idOf({ ...sent, touchpoint: 'Return' }),
      idOf({ email: 'jane@example.com' }),
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is a new one where no hook’s request is behind it', () => {
    assert.notEqual(idOf(sent, { requestId: undefined }), idOf(sent, { requestId: undefined }));
  });
});

describe('A survey response', () => {
  const response = readCioPulse(sample);

  it('is stored without what was received', () => {
    const result = read({ survey: response, payload: 'anything' });
    assert.equal(result.kind, 'valid');
    const { raw, ...rest } = response;
    assert.ok(raw);
    assert.deepEqual(result.change, {
      kind: 'survey-response',
      source: 'cio-pulse',
      responseId: '3690',
      response: rest,
      submittedAt: Date.UTC(2021, 6, 29, 7, 50, 52),
    });
    assert.deepEqual(result.record, {
      dataType: 'survey-responses',
      identifier: { property: 'responseId', value: '3690' },
    });
  });

  it('is read again where it has been stored before', () => {
    const record = { dataType: 'survey-responses', outcome: 'created', id: 'x' };
    assert.equal(changeOf({ survey: response, record }).kind, 'survey-response');
  });

  it('may have no time', () => {
    const change = changeOf({ survey: { ...response, submittedAt: '' } });
    assert.equal(change.kind === 'survey-response' && change.submittedAt, undefined);
  });

  for (const [what, survey, violations] of [
    ['has no id', { ...response, responseId: ' ' }, ['responseId /responseId required']],
    [
      'has neither source nor a time that exists',
      { ...response, source: '', submittedAt: 'never' },
      ['source /source required', 'submittedAt /submittedAt format'],
    ],
    [
      'has an id without an end',
      { ...response, responseId: 'x'.repeat(1001) },
      ['responseId /responseId maxLength'],
    ],
    ['is none', { score: 9 }, ['  object']],
  ] as const)
    it(`is refused where it ${what}`, () => {
      assert.deepEqual(broken({ survey }), violations);
    });
});
