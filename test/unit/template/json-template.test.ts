import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { valueAt } from '../../../src/template/dynamic-tags.ts';
import { compileJsonTemplate } from '../../../src/template/json-template.ts';

const fill = (text: string, root: unknown): unknown =>
  compileJsonTemplate(text)((path) => valueAt(root, path));

describe('A JSON template', () => {
  it('takes tags in quotes as text and others as values', () => {
    assert.deepEqual(
      fill('{"t":"{{n}} {{s}}!", "n":{{n}}, "l":{{l}}, "none":{{none}}, "{{s}}":{"d":{{n}}}}', {
        n: 9,
        s: 'a"b\\',
        l: [1],
      }),
      { t: '9 a"b\\!', n: 9, l: [1], none: null, 'a"b\\': { d: 9 } },
    );
  });

  it('keeps its shape whatever the values are', () => {
    const template = compileJsonTemplate('{"a":"x{{v}}y","b":{{v}},"c":["\\\\{{v}}","\\"{{v}}"],"d":1}');
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '"', '\\', '","d":2,"x":"')),
        (v) => {
          assert.deepEqual(
            template(() => v),
            { a: `x${v}y`, b: v, c: [`\\${v}`, `"${v}`], d: 1 },
          );
        },
      ),
    );
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (v) => {
        const filled = template(() => v) as { b: unknown; d: unknown };
        assert.equal(JSON.stringify(filled.b), JSON.stringify(v));
        assert.equal(filled.d, 1);
      }),
    );
  });

  it('holds nothing of the environment', () => {
    assert.throws(() => compileJsonTemplate('{"a":"{{env.TOKEN}}"}'), { code: 'HOOK_CONFIG_INVALID' });
  });

  for (const text of [
    '',
    '{"a":{{x}}',
    '{"a":{{x}}{{y}}}',
    '{"a":1{{x}}}',
    '{ {{x}}: 1 }',
    '["\\{{x}}","]',
    '["\\u00{{x}}41"]',
    "{'a': {{x}}}",
  ])
    it(`is refused where it is no JSON: ${text}`, () => {
      assert.throws(() => compileJsonTemplate(text), {
        code: 'HOOK_CONFIG_INVALID',
        message: /^The template is not JSON/,
      });
    });
});
