import assert from 'node:assert/strict';
import { responseChange, STORED_AT, type RecordBench } from '../../support/records.ts';

/** What a record store promises of survey responses. */
export function surveyResponsePromises(bench: RecordBench): void {
  /** A source for each test, so that its responses are told from those of others. */
  const source = () => bench.name('source');
  const change = (
    responseId: string,
    response: Record<string, unknown> = {},
    fields: Parameters<typeof responseChange>[2] = {},
  ) => responseChange(responseId, { source: source(), ...response }, { source: source(), ...fields });

  it('is kept whole', async () => {
    const response = {
      score: 9,
      comment: '"Quick", \u0000 é 🙂',
      respondent: { email: 'ann@x.org', name: '' },
      drivers: { Speed: 1 },
      segments: [{ code: 'NZ', name: '' }],
    };
    const { id, outcome } = await bench.put(change('r1', response));
    assert.equal(outcome, 'created');
    assert.deepEqual(await bench.responses(source()), [
      { id, response: { source: source(), ...response }, createdAt: STORED_AT, updatedAt: STORED_AT },
    ]);
  });

  it('takes what a later event brings, and keeps what that leaves empty', async () => {
    const first = { score: 9, comment: '', class: 'promoter', respondent: { id: '7', email: 'ann@x.org' } };
    const { id } = await bench.put(change('r1', first));
    const later = {
      score: null,
      comment: 'Quick.',
      class: null,
      respondent: { id: '', email: '' },
      drivers: {},
    };
    const result = await bench.put(change('r1', later), STORED_AT + 5);
    assert.deepEqual(result, { kind: 'stored', id, outcome: 'updated' });
    const stored = {
      id,
      response: { source: source(), ...first, comment: 'Quick.', drivers: {} },
      createdAt: STORED_AT,
      updatedAt: STORED_AT + 5,
    };
    assert.deepEqual(await bench.responses(source()), [stored]);
    await bench.put(change('r1', later), STORED_AT + 9);
    await bench.put(change('r1', first), STORED_AT + 9);
    assert.deepEqual(await bench.responses(source()), [stored], 'an event that comes again changes nothing');
  });

  it('is told from others by its source and its id to the letter', async () => {
    const ids = new Set<string>();
    for (const one of [change('r1'), change('R1'), change('r1', {}, { source: `${source()}!` })])
      ids.add((await bench.put(one)).id);
    assert.equal(ids.size, 3);
  });

  it('is listed with the others, newest first, since a time and no more than are wanted', async () => {
    const times = [30, 10, 40, 20].map((ms) => STORED_AT + 1_000_000 + ms);
    for (const submittedAt of times)
      await bench.put(change(`r${submittedAt}`, { submittedAt }, { submittedAt }));
    const listed = async (since: number, limit: number) =>
      (await bench.records.listSurveyResponses({ since, limit })).items.map(
        ({ response }) => Number(response['submittedAt']) - STORED_AT - 1_000_000,
      );
    assert.deepEqual(await listed(STORED_AT + 1_000_000, 10), [40, 30, 20, 10]);
    assert.deepEqual(await listed(STORED_AT + 1_000_020, 10), [40, 30, 20]);
    assert.deepEqual(await listed(STORED_AT + 1_000_000, 2), [40, 30]);
  });

  it('is listed before those of the same time that were stored before it', async () => {
    for (const id of ['r1', 'r2', 'r3']) await bench.put(change(id, { id }));
    const listed = await bench.responses(source());
    assert.deepEqual(
      listed.map(({ response }) => response['id']),
      ['r3', 'r2', 'r1'],
    );
  });

  it('without a time counts from when it was stored, and from its time once that comes', async () => {
    await bench.put(change('r1', {}, { submittedAt: undefined }), STORED_AT + 50);
    assert.equal((await bench.responses(source(), STORED_AT + 50)).length, 1);
    assert.equal((await bench.responses(source(), STORED_AT + 51)).length, 0);
    await bench.put(change('r1', {}, { submittedAt: STORED_AT + 70 }), STORED_AT + 80);
    assert.equal((await bench.responses(source(), STORED_AT + 70)).length, 1);
    await bench.put(change('r1', { comment: 'Quick.' }, { submittedAt: undefined }), STORED_AT + 90);
    assert.equal((await bench.responses(source(), STORED_AT + 70)).length, 1, 'its time stays');
    assert.equal((await bench.responses(source(), STORED_AT + 71)).length, 0);
  });

  it('without a source or an id is refused', async () => {
    for (const one of [change(''), change('r1', {}, { source: '' })])
      await assert.rejects(bench.upsert(one), { code: 'HOOK_STORE_ROW_REFUSED' });
  });
}
