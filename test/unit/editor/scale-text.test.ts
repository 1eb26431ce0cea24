import assert from 'node:assert/strict';
import { isScale, isScaleEnd } from '../../../nodes/shared/editor/scale-text.ts';

describe('isScaleEnd', () => {
  it('takes a number, or nothing for the usual one', () => {
    for (const text of ['', ' ', '0', '-3', '2.5', ' 10 ']) assert.ok(isScaleEnd(text), text);
    for (const text of ['one', '1-5', '1e3', '1,5', '--1']) assert.ok(!isScaleEnd(text), text);
  });
});

describe('isScale', () => {
  const isCsat = (min: string, max: string): boolean => isScale({ min, max, metric: 'csat' });

  it('takes ends in order, with the usual one in the place of an empty one', () => {
    assert.ok(isCsat('', ''));
    assert.ok(isCsat('1', '10'));
    assert.ok(isCsat('-2', '2'));
    assert.ok(isScale({ min: '6', max: '', metric: 'ces' }));
    assert.ok(!isCsat('5', ''));
    assert.ok(!isCsat('3', '3'));
    assert.ok(!isCsat('', '0'));
    assert.ok(!isCsat('one', '5'));
  });

  it('does not judge what a variable fills in', () => {
    assert.ok(isCsat('${LOWEST}', '0'));
  });
});
