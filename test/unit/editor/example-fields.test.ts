import assert from 'node:assert/strict';
import { fieldsOfInteraction } from '../../../nodes/shared/editor/example-fields.ts';
import type { Interaction } from '../../../nodes/shared/editor/interaction.ts';

interface Sent {
  readonly type?: string;
  readonly text?: string;
  readonly url?: string;
  readonly body?: object | null;
  readonly protocol?: string;
}

function example({ type, text = '', url = '/hooks/a', body, protocol = 'HTTP/1.1' }: Sent) {
  const whole = { content: text, encoding: 'utf8', size: Math.max(text.length, 1), cut: false } as const;
  const shown = body === null ? null : { ...whole, ...body };
  const headers = type === undefined ? [] : [{ name: 'Content-Type', value: type }];
  const request: Interaction['request'] = { method: 'POST', url, protocol, headers, body: shown };
  return fieldsOfInteraction({ request });
}

/** What was found, by names with dots between. */
function found(sent: Sent): Record<string, unknown> {
  const read = example(sent);
  if (read.kind === 'none') throw new Error(read.why);
  return Object.fromEntries(read.fields.map(({ path, value }) => [path.join('.'), value]));
}

const why = (sent: Sent): string => {
  const read = example(sent);
  return read.kind === 'none' ? read.why : 'fields';
};

const JSON_TYPE = 'application/json; charset=utf-8';

describe('the fields of an interaction', () => {
  it('are those of a JSON object, of objects within it by their path', () => {
    assert.deepEqual(
      found({ type: JSON_TYPE, text: '{"a":1,"b":{"c":"x","d":{"e":null}},"list":[1],"f":true}' }),
      { a: 1, 'b.c': 'x', 'b.d.e': null, f: true },
    );
    assert.deepEqual(found({ type: 'application/cloudevents+json', text: '{"a":"b"}' }), { a: 'b' });
  });

  it('are those of a form, as text', () => {
    const read = example({ type: 'application/x-www-form-urlencoded', text: 'Email=a%40b.c&Score=9' });
    assert.deepEqual(read, {
      kind: 'fields',
      fields: [
        { path: ['Email'], value: 'a@b.c', isUntyped: true },
        { path: ['Score'], value: '9', isUntyped: true },
      ],
    });
  });

  it('are those of the query, with those of the body over them', () => {
    const sent = { type: JSON_TYPE, text: '{"b":3}', url: '/hooks/a?a=1&b=2' };
    assert.deepEqual(found(sent), { a: '1', b: 3 });
    assert.deepEqual(found({ url: '/hooks/a?a=1', body: null }), { a: '1' });
  });

  it('are a hundred at most', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, index]));
    assert.equal(Object.keys(found({ type: JSON_TYPE, text: JSON.stringify(many) })).length, 100);
  });

  it('keep names that objects have by themselves', () => {
    const text = '{"constructor":"x","toString":"y"}';
    assert.deepEqual(Object.keys(found({ type: JSON_TYPE, text })), ['constructor', 'toString']);
  });

  it('cannot be told of a body that is not there as a whole, or that they cannot be read from', () => {
    const text = '{"a":1}';
    assert.equal(why({ type: JSON_TYPE, text, body: { cut: true } }), 'cut');
    assert.equal(why({ type: JSON_TYPE, text, body: { encoding: 'base64' } }), 'binary');
    assert.equal(why({ type: 'multipart/form-data; boundary=x', text }), 'multipart');
    assert.equal(why({ type: 'text/plain', text }), 'unreadable');
    assert.equal(why({ text }), 'unreadable');
    assert.equal(why({ type: JSON_TYPE, text: '{' }), 'unreadable');
    assert.equal(why({ type: JSON_TYPE, text: '[1]' }), 'no-object');
    assert.equal(why({ type: JSON_TYPE, text: '{}' }), 'empty');
    assert.equal(why({ body: null }), 'empty');
    assert.equal(why({ text: 'Subject: x', protocol: 'SMTP' }), 'email');
  });
});
