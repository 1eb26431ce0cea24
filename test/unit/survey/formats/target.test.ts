import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMAT_FACTS, type FormatFacts } from '../../../../src/survey/formats/format-facts.ts';
import { targetOf } from '../../../../src/survey/formats/target.ts';

describe('the target of a format', () => {
  it('has the method and the path of the facts', () => {
    assert.deepEqual(targetOf('freshdesk-ticket'), { method: 'POST', path: '/api/v2/tickets', headers: {} });
    assert.deepEqual(targetOf('slack'), { method: 'POST', path: '', headers: {} });
  });

  it('takes headers', () => {
    const headers = { 'Idempotency-Key': '{{delivery.id}}' };
    assert.deepEqual(targetOf('zendesk-ticket', { headers }).headers, headers);
  });

  it('fills the path in, percent-encoded', () => {
    const { method, path } = targetOf('zendesk-comment', { fill: { 'ticket id': ' 12/../3?x ' } });
    assert.equal(method, 'PUT');
    assert.equal(path, '/api/v2/tickets/12%2F..%2F3%3Fx.json');
  });

  it('needs every part of the path', () => {
    for (const fill of [{}, { 'ticket id': '' }, { 'ticket id': '  ' }, { 'issue key': '7' }])
      assert.throws(() => targetOf('freshdesk-note', { fill }), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: 'The message has no ticket id, which the address of the target needs.',
      });
  });

  it('refuses what leads to another path', () => {
    for (const id of ['.', '..', ' .. '])
      assert.throws(() => targetOf('freshdesk-note', { fill: { 'ticket id': id } }), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
      });
  });

  it('never leaves its path, whatever fills it in', () => {
    const fillable = Object.entries(FORMAT_FACTS).filter(([, facts]: [string, FormatFacts]) =>
      facts.path.includes('<'),
    );
    assert.equal(fillable.length, 3);
    const text = fc.string({ unit: 'binary' }).filter((id) => !['', '.', '..'].includes(id.trim()));
    for (const [format, { path }] of fillable)
      fc.assert(
        fc.property(text, (id) => {
          const target = targetOf(format as keyof typeof FORMAT_FACTS, {
            fill: { 'ticket id': id, 'issue key': id },
          });
          const url = new URL(target.path, 'https://desk.example');
          assert.equal(url.pathname, target.path);
          assert.equal(url.origin, 'https://desk.example');
          assert.equal(url.pathname.split('/').length, path.split('/').length);
        }),
      );
  });
});
