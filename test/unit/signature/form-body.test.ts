import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isForm, readForm } from '../../../src/signature/form-body.ts';

describe('A form', () => {
  it('is read as the platform reads it, or not at all', () => {
    const unit = fc.constantFrom('a', '=', '&', '+', '%', '%41', '%ff', '%C3%BC', 'ü', '\ufeff', ';');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const fields = readForm(Buffer.from(text));
        if (!fields) return true;
        const platform = [...new URLSearchParams(text)];
        const ours = [...fields].flatMap(([name, values]) => values.map((value) => [name, value]));
        const sorted = (pairs: string[][]) => pairs.map((pair) => JSON.stringify(pair)).sort();
        assert.deepEqual(sorted(ours), sorted(platform));
        return true;
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        readForm(bytes);
      }),
    );
  });

  it('keeps a mark at its start, which other readers keep too', () => {
    assert.deepEqual([...(readForm(Buffer.from('\ufeffa=1')) ?? [])], [['\ufeffa', ['1']]]);
  });

  it('is none with bytes or escapes that are no UTF-8', () => {
    for (const text of ['a=%', 'a=%f', 'a=%ff', 'a=%ed%a0%80'])
      assert.equal(readForm(Buffer.from(text)), undefined);
    assert.equal(readForm(Buffer.from([0xff])), undefined);
  });

  it('is known by its content type', () => {
    const of = (type: string | undefined) => isForm({ 'content-type': type });
    assert.equal(of('application/x-www-form-urlencoded'), true);
    assert.equal(of('Application/X-WWW-Form-Urlencoded ; charset=utf-8'), true);
    assert.equal(of('application/x-www-form-urlencoded-not'), false);
    assert.equal(of('application/json; x=application/x-www-form-urlencoded'), false);
    assert.equal(of(undefined), false);
  });
});
