import assert from 'node:assert/strict';
import { AnswersUnderWay } from '../../../../src/inbound/deduplication/answers-under-way.ts';

const answer = { statusCode: 200, contentType: 'text/plain', body: Buffer.from('one') };

describe('The answers under way', () => {
  it('are shared by a thousand duplicates at a time, and by no more', async () => {
    const answers = new AnswersUnderWay();
    const own = answers.begin('a', 'hook');
    const shared = Array.from({ length: 1000 }, () => answers.share(own));
    assert.equal(await answers.share(own), undefined);
    own.end(answer);
    assert.deepEqual(new Set(await Promise.all(shared)), new Set([answer]));
    assert.equal(await answers.share(own), answer);
  });

  it('end once', async () => {
    const answers = new AnswersUnderWay();
    const own = answers.begin('a', 'hook');
    own.end(answer);
    own.end({ refused: 'unavailable' });
    assert.equal(await answers.share(own), answer);
    assert.equal(answers.find('a'), own);
    answers.remove('a');
    assert.equal(answers.find('a'), undefined);
  });

  it('are given up hook by hook, or all', () => {
    const answers = new AnswersUnderWay();
    const abandoned: string[] = [];
    for (const hookId of ['a', 'b'])
      answers.begin(`key of ${hookId}`, hookId).abandon = () => void abandoned.push(hookId);
    answers.abandonAll('b');
    assert.deepEqual(abandoned, ['b']);
    answers.abandonAll();
    assert.deepEqual(abandoned, ['b', 'a', 'b']);
  });
});
