import assert from 'node:assert/strict';
import { parseTemplate } from '../../../src/signature/template.ts';

describe('The template of what is signed', () => {
  it('is texts and tags', () => {
    assert.deepEqual(parseTemplate('v0:{{timestamp}}:{{ body }}\\n{{header.X-A}}{{form.a b}}').parts, [
      { kind: 'text', text: 'v0:' },
      { kind: 'timestamp', format: 'seconds' },
      { kind: 'text', text: ':' },
      { kind: 'body' },
      { kind: 'text', text: '\n' },
      { kind: 'header', name: 'X-A' },
      { kind: 'text', text: '' },
      { kind: 'field', name: 'a b' },
      { kind: 'text', text: '' },
    ]);
  });

  it('names what is no tag', () => {
    const { unknown } = parseTemplate(
      '{{Body}}{{}}{{constructor}}{{header.}}{{header.a b}}{{form.}}{{body.x}}{{body}}',
    );
    assert.deepEqual(unknown, ['Body', '', 'constructor', 'header.', 'header.a b', 'form.', 'body.x']);
  });

  it('takes single and unclosed braces as they stand', () => {
    assert.deepEqual(parseTemplate('{body}{{body').parts, [{ kind: 'text', text: '{body}{{body' }]);
  });
});
