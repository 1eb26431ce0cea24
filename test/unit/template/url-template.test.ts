import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { fillUrl, parseUrlTemplate, type UrlTemplate } from '../../../src/template/url-template.ts';

const parse = (text: string) => parseUrlTemplate(text, { allowsEnv: true });

function template(text: string): UrlTemplate {
  const parsed = parse(text);
  assert.ok(!('fault' in parsed), 'fault' in parsed ? parsed.fault : '');
  return parsed;
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  const filled = fillUrl(template(text), (tag) => values[tag.join('.')] ?? '');
  return 'reason' in filled ? filled.reason : filled.href;
}

/** Any text, with many of those that mean something in a URL. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        '%2e',
        '%2F',
        '@',
        ':',
        '?',
        '#',
        '&',
        '=',
        '+',
        ' ',
        '\r\n',
        '\0',
        '\ud800',
        '//evil.example',
        'é',
        'tag0z',
        '{{b}}',
        '[',
        ';',
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => parts.join('')),
);
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');
const segmentsOf = (url: URL): string[] => url.pathname.split('/');

describe('A URL with dynamic tags', () => {
  it('holds values percent-encoded in its path and its query', () => {
    assert.equal(
      fill('https://x.example:8443/t/{{ id }}.json?q={{q}}&s=a{{q}}', { id: 'a/..b', q: '1&2 é' }),
      'https://x.example:8443/t/a%2F..b.json?q=1%262%20%C3%A9&s=a1%262%20%C3%A9',
    );
  });

  it('stays the same without tags, but for its fragment', () => {
    for (const url of [
      'https://x.example/',
      'https://x.example/a%20b/../c?d=%C3%A4&e',
      'https://x.example/{a}',
    ])
      assert.equal(fill(`${url}#f`, {}), new URL(url).href);
  });

  it('leads to the same place whatever the values are', () => {
    const urls = [
      'https://x.example:8443/{{a}}/b/{{b}}?c={{a}}&d={{b}}',
      'http://x.example/tag0z/{{a}}.{{b}}',
      'https://x.example/{{a}}{{b}}/tagx?{{a}}',
      'https://x.example//{{a}}/./..{{b}}',
    ];
    for (const text of urls) {
      const parsed = template(text);
      fc.assert(
        fc.property(anyText, anyText, (a, b) => {
          const filled = fillUrl(parsed, ([name]) => (name === 'a' ? a : b));
          if ('reason' in filled) return;
          assert.equal(filled.origin, parsed.marked.origin);
          assert.equal(`${filled.username}${filled.password}${filled.hash}`, '');
          assert.equal(segmentsOf(filled).length, segmentsOf(parsed.marked).length);
          assert.equal(new URL(filled.href).href, filled.href);
        }),
      );
    }
  });

  it('decodes back to the values', () => {
    const parsed = template('https://x.example/t/{{a}}/{{b}}?c={{a}}&d=x{{b}}');
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const filled = fillUrl(parsed, ([name]) => (name === 'a' ? a : b));
        if ('reason' in filled) {
          assert.ok([a, b].some((text) => text.split(/[/\\]/).some((name) => name === '.' || name === '..')));
          return;
        }
        const [one, other] = [wellFormed(a), wellFormed(b)];
        assert.deepEqual(segmentsOf(filled).map(decodeURIComponent), ['', 't', one, other]);
        assert.deepEqual(
          [...filled.searchParams],
          [
            ['c', one],
            ['d', `x${other}`],
          ],
        );
      }),
    );
  });

  for (const text of ['{{a}}', '.{{a}}', '{{a}}{{a}}', '%2e{{a}}', 'x/{{a}}.'])
    it(`is none where a value makes /${text}/ mean another folder`, () => {
      assert.match(fill(`https://x.example/${text}/y`, { a: '.' }), /would lead elsewhere/);
    });

  for (const a of ['../../admin', '..\\..\\admin', '7/..', '7/./8', '/..', '..\\'])
    it(`is none where a server that decodes slashes is led elsewhere by ${a}`, () => {
      assert.match(fill('https://x.example/t/{{a}}/y', { a }), /would lead elsewhere/);
      assert.match(fill('https://x.example/t/x{{b}}{{a}}', { a, b: '/' }), /would lead elsewhere/);
      assert.equal(
        fill('https://x.example/t?q={{a}}', { a }),
        `https://x.example/t?q=${encodeURIComponent(a)}`,
      );
    });

  it('keeps dots that lead nowhere else, and what the setting has of encoded slashes', () => {
    assert.equal(fill('https://x.example/{{a}}', { a: '1...2/.x' }), 'https://x.example/1...2%2F.x');
    assert.equal(fill('https://x.example/a%2F..%2Fb/{{a}}', { a: '7' }), 'https://x.example/a%2F..%2Fb/7');
    assert.match(fill('https://x.example/a%2F..%2Fb/{{a}}', { a: '..' }), /would lead elsewhere/);
  });

  it('is none where a tag of its path has no value, and says which', () => {
    assert.equal(
      fill('https://x.example/tickets/{{ticketId}}.json', {}),
      'The path of the URL needs {{ticketId}}, which has no value.',
    );
    assert.equal(fill('https://x.example/t?q={{q}}', {}), 'https://x.example/t?q=');
  });

  for (const text of [
    'https://{{host}}/x',
    'https://{{sub}}.example.com/x',
    'https://x.example{{a}}/y',
    'https://x.example{{a}}',
    'https:\\\\{{a}}\\x',
    'https://x.example:{{port}}/',
    'https://{{user}}@x.example/',
    'https://u:{{pw}}@x.example/',
    '{{scheme}}://x.example/',
    'http{{s}}://x.example/',
    '{{url}}',
    'https:/{{a}}/x',
  ])
    it(`has no tag before its path: ${text}`, () => {
      const parsed = parse(text);
      assert.ok('fault' in parsed);
      assert.match(parsed.fault, /before its path/);
    });

  for (const text of ['https://x.example/{{a', 'https://x.example/?q={{a}', '{{a}{b}}'])
    it(`has no tag that is not complete: ${text}`, () => {
      const parsed = parse(text);
      assert.ok('fault' in parsed);
      assert.match(parsed.fault, /not complete/);
    });

  it('has nothing but tags', () => {
    for (const text of ['https://x.example/{{{a}}}', 'https://x.example/{{#a}}x{{/a}}'])
      assert.throws(() => parse(text), { code: 'HOOK_CONFIG_INVALID' });
  });

  it('is refused where it is none', () => {
    assert.deepEqual(parse('no url/at/all/{{a}}'), { fault: 'It is not a URL.' });
  });
});
