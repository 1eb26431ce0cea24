import assert from 'node:assert/strict';
import fc from 'fast-check';
import { captureFields, captureResponse } from '../../../src/external-data/capture.ts';
import type { ExternalDataGroup, ExternalField } from '../../../src/external-data/external-data.ts';
import { describeProblem } from '../../../src/external-data/describe-problem.ts';
import { tellCaptured, tellKept } from '../../../src/external-data/external-message.ts';

const field = (label: string, parameter: string, more: Partial<ExternalField> = {}): ExternalField => ({
  label,
  parameter,
  type: 'string',
  favorite: false,
  ...more,
});

const FIELDS = [
  field('Key', 'key', { favorite: true }),
  field('Number', 'result.number', { type: 'integer' }),
  field('First', '/items/0/due', { type: 'date-time', favorite: true }),
  field('Open', 'open', { type: 'boolean' }),
];
const GROUP: ExternalDataGroup = { id: 'g', name: 'Tracker', subjectKind: 'ticket', fields: FIELDS };
const TARGET = { groupId: 'g', subjectId: 'T1' };

const RESPONSE = { key: 'HELP-1', result: { number: '12' }, items: [{ due: '2026-01-31' }], open: null };
const respond = (body: unknown, isResponseCut = false) => ({
  responseBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  isResponseCut,
});

describe('What is taken from a response', () => {
  it('is each field’s value, typed, and a problem for each that has none', () => {
    assert.deepEqual(captureResponse(TARGET, GROUP, respond(RESPONSE)), {
      groupId: 'g',
      groupName: 'Tracker',
      subject: { kind: 'ticket', id: 'T1' },
      values: [
        { ...FIELDS[0], value: 'HELP-1' },
        { ...FIELDS[1], value: 12 },
        { ...FIELDS[2], value: '2026-01-31T00:00:00.000Z' },
      ],
      problems: [{ label: 'Open', parameter: 'open', message: 'It is not in the response.' }],
    });
  });

  it('comes after a byte order mark too', () => {
    const { values } = captureResponse(TARGET, GROUP, respond(`\uFEFF{"key":"é"}`));
    assert.deepEqual(
      values.map(({ value }) => value),
      ['é'],
    );
  });

  for (const [title, group, target, response, words] of [
    ['the group is gone', undefined, TARGET, respond(RESPONSE), /group is not in the flows/],
    [
      'there is no subject',
      GROUP,
      { ...TARGET, subjectId: '' },
      respond(RESPONSE),
      /which ticket it is about/,
    ],
    ['it was cut', GROUP, TARGET, respond(RESPONSE, true), /longer than 64 KB/],
    ['it is no JSON', GROUP, TARGET, respond('<html>S3CR3T</html>'), /is not JSON/],
    ['it is empty', GROUP, TARGET, respond(''), /is not JSON/],
    ['it is half of JSON', GROUP, TARGET, respond('{"key":"S3CR3T"'), /is not JSON/],
  ] as const)
    it(`is nothing where ${title}, and one problem says so`, () => {
      const captured = captureResponse(target, group, response);
      assert.deepEqual([captured.subject, captured.values], [undefined, []]);
      assert.equal(captured.problems.length, 1);
      assert.match(captured.problems[0]?.message ?? '', words);
      assert.equal(JSON.stringify(captured).includes('S3CR3T'), false);
    });

  for (const body of ['null', '5', '"key"', '[]', '[{"key":1}]'])
    it(`is nothing of ${body}, in which no field finds anything`, () => {
      const { values, problems } = captureResponse(TARGET, GROUP, respond(body));
      assert.deepEqual([values, problems.length], [[], FIELDS.length]);
    });

  it('is for each field a value or a problem, whatever the response is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { values, problems } = captureResponse(TARGET, GROUP, respond(text));
        const parameters = [...values, ...problems].map(({ parameter }) => parameter).sort();
        assert.deepEqual(parameters, FIELDS.map(({ parameter }) => parameter).sort());
      }),
    );
  });

  it('is no value of which a part was masked', () => {
    for (const key of ['[secret]', 'HELP-[secret]-1']) {
      const { values, problems } = captureResponse(TARGET, GROUP, respond({ ...RESPONSE, key }));
      assert.equal(
        values.some(({ parameter }) => parameter === 'key'),
        false,
      );
      assert.match(problems.find(({ parameter }) => parameter === 'key')?.message ?? '', /masked/);
    }
  });

  it('calls a payload a payload', () => {
    const { problems } = captureFields([field('Key', 'key')], {}, 'payload');
    assert.equal(problems[0]?.message, 'It is not in the payload.');
  });
});

describe('What a message tells of external data', () => {
  it('is what was captured: values by tag, favourites by label, and the problems', () => {
    const captured = captureResponse(TARGET, GROUP, respond(RESPONSE));
    assert.deepEqual(tellCaptured(captured), {
      external: {
        Tracker: { key: 'HELP-1', 'result.number': 12, 'items.0.due': '2026-01-31T00:00:00.000Z' },
      },
      externalData: {
        group: 'Tracker',
        subject: { kind: 'ticket', id: 'T1' },
        favorites: { Key: 'HELP-1', First: '2026-01-31T00:00:00.000Z' },
        problems: captured.problems,
      },
    });
  });

  it('names no subject where nothing was captured', () => {
    const { externalData } = tellCaptured(captureResponse(TARGET, GROUP, respond('')));
    assert.deepEqual([externalData.subject, externalData.favorites], [null, {}]);
  });

  const subject = { kind: 'ticket', id: 'T1' } as const;

  it('is what is kept, also of a field that the group has no more', () => {
    const kept = (parameter: string, value: string) =>
      ({ parameter, value, type: 'string', updatedAt: 1 }) as const;
    const row = { groupId: 'g', subject, updatedAt: 1, values: [kept('key', 'K'), kept('/gone/by', 'G')] };
    assert.deepEqual(tellKept(GROUP, row, { subject }), {
      external: { Tracker: { key: 'K', 'gone.by': 'G' } },
      externalData: { group: 'Tracker', subject, favorites: { Key: 'K' }, problems: [] },
    });
  });

  it('is by tag the value of the field as it is written now, or else the newest', () => {
    const kept = (parameter: string, value: string, updatedAt: number) =>
      ({ parameter, value, type: 'string', updatedAt }) as const;
    const tell = (...values: ReturnType<typeof kept>[]) =>
      tellKept(GROUP, { groupId: 'g', subject, updatedAt: 1, values }, { subject }).external['Tracker'];
    const [now, before] = [kept('result.number', 'now', 1), kept('/result/number', 'before', 2)];
    assert.deepEqual(tell(before, now), { 'result.number': 'now' });
    assert.deepEqual(tell(now, before), { 'result.number': 'now' });
    assert.deepEqual(tell(before), { 'result.number': 'before' });
    const [newest, oldest] = [kept('/gone/by', 'newest', 2), kept('gone.by', 'oldest', 1)];
    assert.deepEqual(tell(newest, oldest), { 'gone.by': 'newest' });
  });

  it('is empty where nothing is kept', () => {
    assert.deepEqual(tellKept(GROUP, undefined, { subject }).external, { Tracker: {} });
  });
});

describe('A problem in words', () => {
  it('names group and field, and is on one line', () => {
    const problem = { label: 'Due\n<b>', parameter: 'due', message: 'It is not in the response.' };
    assert.equal(
      describeProblem('Tracker', problem),
      'External data Tracker, Due ‹b› (due): It is not in the response.',
    );
    assert.equal(
      describeProblem('Tracker', { label: '', parameter: '', message: 'No JSON.' }),
      'External data Tracker: No JSON.',
    );
  });
});
