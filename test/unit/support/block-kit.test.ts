import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { brokenRules } from '../../support/block-kit.ts';

const plain = (text: unknown, more = {}) => ({ type: 'plain_text', text, ...more });
const markdown = (text: unknown, more = {}) => ({ type: 'mrkdwn', text, ...more });
const section = (text: object) => ({ type: 'section', text });
const rulesOf = (...blocks: unknown[]) => brokenRules({ text: 'x', blocks });
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe('The checker of Slack messages', () => {
  it('finds nothing in a message that Slack takes', () => {
    const blocks = [
      { type: 'header', text: plain('x'.repeat(150), { emoji: false }) },
      section(markdown('a &amp; b <https://example.com/?a=1&amp;b=2|link>', { verbatim: true })),
      { type: 'section', fields: times(10, markdown('x')) },
      { type: 'divider' },
      { type: 'context', elements: [plain('x')] },
    ];
    assert.deepEqual(brokenRules({ text: 'x', blocks, unfurl_links: false }), []);
  });

  for (const [rule, blocks] of Object.entries({
    'blocks: 1 to 50': times(51, { type: 'divider' }),
    'blocks: 13500 characters in all': times(5, section(plain('x'.repeat(2700)))),
    'blocks/0: unknown block': [{ type: 'table' }],
    'blocks/0: unknown colour': [{ type: 'divider', colour: 'red' }],
    'blocks/0: neither text nor fields': [{ type: 'section' }],
    'blocks/0/text: over 150': [{ type: 'header', text: plain('x'.repeat(151)) }],
    'blocks/0/text: type': [{ type: 'header', text: markdown('x') }],
    'blocks/0/text: over 3000': [section(markdown('x'.repeat(3001)))],
    'blocks/0/fields: 1 to 10': [{ type: 'section', fields: times(11, markdown('x')) }],
    'blocks/0/fields/0: over 2000': [{ type: 'section', fields: [markdown('x'.repeat(2001))] }],
    'blocks/0/elements: 1 to 10': [{ type: 'context', elements: [] }],
    'blocks/0/text: empty': [section(plain(' \n '))],
    'blocks/0/text: entity': [section(plain('a & b'))],
    'blocks/0/text: control character': [section(markdown('<!channel>'))],
    'blocks/0/text: not well formed': [section(plain('\ud83d'))],
    'blocks/0/text: emoji': [section(markdown('x', { emoji: true }))],
    'blocks/0/text: verbatim': [section(plain('x', { verbatim: true }))],
    'blocks/0/text: unknown style': [section(plain('x', { style: 'bold' }))],
  }))
    it(`finds ${rule}`, () => {
      assert.deepEqual(rulesOf(...blocks), [rule]);
    });

  it('finds links in plain text, empty fallbacks and unknown properties', () => {
    assert.deepEqual(rulesOf(section(plain('<https://example.com/|x>'))), [
      'blocks/0/text: control character',
    ]);
    assert.deepEqual(brokenRules({ text: '', blocks: [{ type: 'divider' }], to: '#general' }), [
      'message: unknown to',
      'text: empty',
    ]);
    assert.deepEqual(brokenRules(null), ['text: empty', 'blocks: 1 to 50']);
  });
});
