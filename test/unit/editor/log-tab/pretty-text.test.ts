import assert from 'node:assert/strict';
import fc from 'fast-check';
import { prettyText } from '../../../../nodes/webhook-log-tab/editor/detail/pretty-text.ts';

describe('A body as people read it', () => {
  it('has JSON on lines of its own, with every value as it came', () => {
    const text = '{"big":12345678901234567890,"n":1.0e+2 , "a":[],"o":{ },"l":[1,{"x":"{,:\\"}"}]}';
    const lines = [
      '{',
      '  "big": 12345678901234567890,',
      '  "n": 1.0e+2,',
      '  "a": [],',
      '  "o": {},',
      '  "l": [',
      '    1,',
      '    {',
      '      "x": "{,:\\"}"',
      '    }',
      '  ]',
      '}',
    ];
    assert.equal(prettyText(text), lines.join('\n'));
  });

  it('means the same as before', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        assert.equal(prettyText(text), JSON.stringify(JSON.parse(text), undefined, 2));
      }),
    );
  });

  it('stays as it is where it is no JSON', () => {
    for (const text of ['', 'plain', '{broken', '"a  b"', '<b>{}</b>']) assert.equal(prettyText(text), text);
  });

  it('has the fields of a form on lines of their own', () => {
    const type = 'application/x-www-form-urlencoded; charset=utf-8';
    assert.equal(prettyText('a=1&b=two+words%21', type), 'a = 1\nb = two words!');
  });

  it('is not worked on where it is huge', () => {
    const text = `[${'1,'.repeat(400_000)}1]`;
    assert.equal(prettyText(text), text);
  });
});
