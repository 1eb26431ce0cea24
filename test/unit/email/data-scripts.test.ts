import assert from 'node:assert/strict';
import { findDataScripts } from '../../../src/email/data-scripts.ts';

describe('The data scripts of HTML', () => {
  const cases: readonly [what: string, html: string, texts: readonly string[]][] = [
    [
      'with either type',
      '<script type="application/ld+json">1</script><script type="application/json">2</script>',
      ['1', '2'],
    ],
    ['without quotes', '<script type=application/json>1</script>', ['1']],
    ['with parameters and spaces', '<script type=" application/JSON ; charset=utf-8">1</script>', ['1']],
    [
      'with other attributes',
      '<script id=a async data-type="text/plain" type="application/json">1</script>',
      ['1'],
    ],
    ['with a plus sign written as an entity', '<script type="application/ld&#43;json">1</script>', ['1']],
    [
      'with signs that are markup elsewhere',
      '<script type="application/json">"<p>&amp;</div>"</script>',
      ['"<p>&amp;</div>"'],
    ],
    ['that end in capital letters, or with a space', '<script type="application/json">1</SCRIPT >', ['1']],
    ['that never end', '<script type="application/json">1', ['1']],
    ['that are empty', '<script type="application/json"></script>', ['']],
    ['not of another type', '<script>1</script><script type="module">2</script><script type>3</script>', []],
    ['not by a second type', '<script type="text/plain" type="application/json">1</script>', []],
    ['not in comments', '<!-- <script type="application/json">1</script> -->', []],
    ['not in other elements', '<textarea><script type="application/json">1</script></textarea>', []],
    ['not of other elements', '<style type="application/json">1</style><p type="application/json">2</p>', []],
    ['not closed at once', '<script type="application/json"/>1</script>', []],
  ];
  for (const [what, html, texts] of cases)
    it(`are found ${what}`, () => {
      assert.deepEqual(findDataScripts(html), texts);
    });

  it('are found in a time that grows with the length alone', () => {
    const size = 300_000;
    const started = performance.now();
    for (const html of [
      '<a>'.repeat(size) + '</b>'.repeat(size),
      '<script type="'.repeat(size),
      '<script type="application/json"><'.repeat(size),
      '&'.repeat(size) + '<!--'.repeat(size),
      `<script ${'type '.repeat(size)}>`,
    ])
      findDataScripts(html);
    assert.ok(performance.now() - started < 5000);
  });
});
