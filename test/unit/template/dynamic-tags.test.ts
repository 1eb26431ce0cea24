import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  jsonText,
  parseTemplate,
  plainText,
  renderTemplate,
  valueAt,
  type TagValues,
} from '../../../src/template/dynamic-tags.ts';

const valuesOf =
  (root: unknown): TagValues =>
  (path) =>
    valueAt(root, path);

const render = (text: string, root: unknown): string =>
  renderTemplate(parseTemplate(text), valuesOf(root), plainText);

describe('A dynamic tag', () => {
  it('stands for the value at its path', () => {
    const root = { a: { b: [{ c: 'deep' }] }, n: 9, yes: true, 'Account Name': 'Example' };
    assert.equal(
      render('{{a.b.0.c}} {{ n }} {{yes}} {{Account Name}} {{a.b}}', root),
      'deep 9 true Example [{"c":"deep"}]',
    );
  });

  it('is empty where there is nothing', () => {
    const root = { a: null, f: () => 'x', s: 'text' };
    assert.equal(render('[{{a}}{{a.b}}{{nope}}{{f}}{{s.length}}]', root), '[]');
  });

  it('never reaches what objects inherit', () => {
    assert.equal(render('[{{constructor.name}}{{__proto__}}{{toString}}{{a.constructor}}]', { a: {} }), '[]');
  });

  it('leaves single braces and values that look like tags alone', () => {
    assert.equal(render('{ } }} {{a}}', { a: '{{b}}', b: 'no' }), '{ } }} {{b}}');
  });

  it('writes times in ISO and bytes as text', () => {
    assert.equal(
      render('{{at}} {{bytes}}', { at: new Date(0), bytes: Buffer.from('ü') }),
      '1970-01-01T00:00:00.000Z ü',
    );
  });

  for (const text of [
    '{{{a}}}',
    '{{#a}}',
    '{{/a}}',
    '{{^a}}',
    '{{> a}}',
    '{{&a}}',
    '{{!a}}',
    '{{=<% %>=}}',
    '{{}}',
    '{{a..b}}',
    '{{.}}',
  ])
    it(`is not ${text}`, () => {
      assert.throws(() => parseTemplate(text), { code: 'HOOK_CONFIG_INVALID' });
    });

  it('goes through the encoder of the place it stands in', () => {
    const url = renderTemplate(
      parseTemplate('/t/{{id}}?q={{q}}'),
      valuesOf({ id: 'a/../b', q: '1&2' }),
      (value) => encodeURIComponent(plainText(value)),
    );
    assert.equal(url, '/t/a%2F..%2Fb?q=1%262');
  });

  it('names the environment only where nothing is stored', () => {
    assert.throws(() => parseTemplate('{{ env.TOKEN }}'), {
      code: 'HOOK_CONFIG_INVALID',
      message: /^\{\{ env\.TOKEN \}\} cannot stand in a body/,
    });
    assert.deepEqual(parseTemplate('{{env.TOKEN}}', { allowsEnv: true }), [['env', 'TOKEN']]);
    assert.deepEqual(parseTemplate('{{environment}}'), [['environment']]);
  });

  it('says so where a value has no JSON', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.throws(() => jsonText(circle), { code: 'HOOK_MESSAGE_UNREADABLE' });
    assert.throws(() => render('{{self}}', circle), { code: 'HOOK_MESSAGE_UNREADABLE' });
  });
});
