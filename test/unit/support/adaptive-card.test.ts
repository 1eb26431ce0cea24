import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseCard } from '../../support/adaptive-card.ts';

const card = (...body: object[]) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.4',
  body,
});

describe('The parser of Adaptive Cards', () => {
  it('understands a card as it is', () => {
    const good = card(
      { type: 'TextBlock', text: 'x', wrap: true },
      { type: 'FactSet', facts: [{ title: 'a', value: 'b' }] },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x' }] },
    );
    assert.deepEqual(parseCard(good), { problems: [], understood: good });
  });

  it('objects to wrong values and to elements that there are none of', () => {
    assert.match(parseCard(card({ type: 'TextBlock', text: 'x', size: 'huge' })).problems.join(), /huge/);
    assert.match(parseCard(card({ type: 'Text', text: 'x' })).problems.join(), /Text/);
  });

  it('leaves out what it does not know', () => {
    const odd = card(
      { type: 'TextBlock', text: 'x', colour: 'red' },
      { type: 'FactSet', facts: [{ title: 'a', value: 3 }] },
    );
    assert.deepEqual(
      parseCard(odd).understood,
      card({ type: 'TextBlock', text: 'x' }, { type: 'FactSet', facts: [{ title: 'a' }] }),
    );
  });
});
