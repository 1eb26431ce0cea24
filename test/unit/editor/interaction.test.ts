import assert from 'node:assert/strict';
import { answerText, requestText, type Interaction } from '../../../nodes/shared/editor/interaction.ts';

const words = (key: string, values?: Readonly<Record<string, string | number>>): string =>
  `<${key.replace(/^.*\./, '')} ${values?.size ?? ''}>`;

const body = { content: '{"a":1}', encoding: 'utf8', size: 7, cut: false } as const;
const interaction: Interaction = {
  receivedAt: '2026-01-31T09:00:00.000Z',
  remoteAddress: '192.0.2.7',
  request: {
    method: 'POST',
    url: '/hooks/a?x=1',
    protocol: 'HTTP/1.1',
    headers: [{ name: 'Host', value: 'example.com' }],
    body,
  },
  decision: { outcome: 'refused', code: 'unauthorized', reason: 'No.', eventId: null },
  answer: { statusCode: 401, headers: [], body: null },
};

describe('an interaction', () => {
  it('is read as it came over the wire', () => {
    assert.equal(requestText(interaction, words), 'POST /hooks/a?x=1 HTTP/1.1\nHost: example.com\n\n{"a":1}');
    assert.equal(answerText(interaction, words), '401');
    assert.equal(answerText({ ...interaction, answer: null }, words), undefined);
  });

  it('says where its body is cut, or no text', () => {
    const withBody = (changes: object): string =>
      requestText(
        { ...interaction, request: { ...interaction.request, body: { ...body, ...changes } } },
        words,
      );
    assert.match(withBody({ cut: true, size: 70_000 }), /\n\n<cut-utf8 70000>\n/);
    assert.match(withBody({ encoding: 'base64' }), /\n\n<base64 7>\n/);
    assert.match(withBody({ encoding: 'base64', cut: true }), /\n\n<cut-base64 7>\n/);
  });
});
