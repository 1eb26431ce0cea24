import assert from 'node:assert/strict';
import { keepValues, readKept, TAG_CHARACTERS } from '../../../src/delivery/kept-values.ts';
import { readCioPulse } from '../../../src/survey/sources/cio-pulse.ts';
import sample from '../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const pathOf = (tag: string): string[] => tag.split('.');
const keep = (message: object, ...tags: string[]) => {
  const values = keepValues(message, tags.map(pathOf));
  const read = readKept(values);
  return { values, read: (tag: string) => read(pathOf(tag)) };
};

describe('The values kept with an event', () => {
  it('are those that tags name: of the survey record, else of the message', () => {
    const message = {
      survey: { ticketId: 'T1', agent: '' },
      ticketId: 'M1',
      agent: 'Jo',
      payload: { n: [{ a: 1 }] },
    };
    const { read } = keep(message, 'ticketId', 'agent', 'payload.n.0.a', 'payload.n');
    assert.deepEqual(['ticketId', 'survey.ticketId', 'agent', 'payload.n.0.a', 'payload.n'].map(read), [
      'T1',
      'T1',
      'Jo',
      '1',
      '[{"a":1}]',
    ]);
  });

  it('are fixed: what the flow does to the message later changes nothing', () => {
    const message = { payload: { id: 7 } };
    const { read } = keep(message, 'payload.id');
    message.payload.id = 8;
    assert.equal(read('payload.id'), '7');
  });

  it('have the survey record to spare, but not what was received', () => {
    const survey = readCioPulse(sample);
    const { values, read } = keep({ survey, payload: sample });
    assert.deepEqual(
      ['ticketId', 'survey.score', 'supportGroup.name', 'respondent.id', 'scale.max'].map(read),
      [survey.ticketId, '9', survey.supportGroup.name, survey.respondent.id, '10'],
    );
    assert.equal(read('raw.Score'), undefined);
    assert.equal(read('payload.Score'), undefined);
    assert.ok(values.length < 2500, values);
  });

  it('have the short values of the message’s top level to spare, and none that may be a secret', () => {
    const { values } = keep({
      _msgid: 'x',
      topic: 't',
      count: 3,
      ok: true,
      token: 'S3CR3T',
      url: 'https://x.example/hook?code=S3CR3T',
      responseUrl: 'https://user:S3CR3T@x.example/',
      requestUrl: 'https://hooks.slack.com/services/S3CR3T',
      note: 'posted to https://hooks.slack.com/services/S3CR3T',
      survey: { links: { session: 'S3CR3T', ticket: 'https://x.example/1' } },
      req: { headers: { authorization: 'S3CR3T', cookie: 'S3CR3T' } },
      headers: { 'x-api-key': 'S3CR3T' },
      long: 'x'.repeat(257),
      rawBody: Buffer.from('S3CR3T'),
    });
    assert.deepEqual(JSON.parse(values), {
      'survey.links.ticket': 'https://x.example/1',
      topic: 't',
      count: '3',
      ok: 'true',
    });
  });

  it('have a URL that can hold a secret only where a tag names it', () => {
    const url = 'https://x.example/survey?id=7';
    assert.equal(keep({ survey: { links: { survey: url } } }).values, '{}');
    assert.equal(keep({ survey: { links: { survey: url } } }, 'links.survey').read('links.survey'), url);
  });

  it('are none without a survey record and without a property of the message’s own', () => {
    assert.equal(keepValues({ payload: { a: 1 }, _msgid: 'x' }, []), '{}');
  });

  it('stay small whatever a message holds', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`p${n}`, 'x'.repeat(200)]));
    const deep = { a: { b: { c: { d: 'too deep' } } } };
    const { values, read } = keep(
      { survey: { ...deep, ...many }, ...many, named: 'y'.repeat(100_000) },
      'named',
    );
    assert.ok(values.length < 2048 + 1000 + TAG_CHARACTERS, String(values.length));
    assert.equal(read('a.b.c.d'), undefined);
    assert.equal(read('named')?.length, TAG_CHARACTERS + 1);
  });

  it('hold nothing that objects inherit', () => {
    const message = JSON.parse('{"survey":{"__proto__":{"a":"1"}},"__proto__":{"b":"2"}}') as object;
    const { read } = keep(message, '__proto__.b', 'constructor.name', 'toString');
    assert.equal(read('__proto__.b'), '2');
    assert.deepEqual(
      ['constructor.name', 'toString', 'hasOwnProperty', 'a', 'b'].map(read),
      Array(5).fill(undefined),
    );
    assert.equal(({} as { b?: unknown }).b, undefined);
  });

  it('are of external data what the message has, else what was looked up, and never the survey record’s', () => {
    const tags = ['external.Tracker.key', 'external.Tracker.n.count', 'external.Desk.id'].map(pathOf);
    const survey = { external: { Tracker: { key: 'not this' }, Desk: { id: 'nor this' } } };
    const found = new Map([
      ['external.Tracker.key', 'looked up'],
      ['external.Tracker.n.count', '3'],
    ]);
    const message = { survey, external: { Tracker: { key: 'own', 'n.count': '' } } };
    const read = readKept(keepValues(message, tags, found));
    assert.deepEqual(tags.map(read), ['own', '3', undefined]);
  });

  it('are refused where a named one has no text', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.throws(() => keepValues({ circle, survey: circle }, [['circle']]), {
      code: 'HOOK_MESSAGE_UNREADABLE',
    });
    assert.equal(keepValues({ circle, survey: circle }, []), '{}');
  });
});
