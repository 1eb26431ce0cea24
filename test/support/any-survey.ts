import fc from 'fast-check';
import { CLASSES, DIRECTIONS, METRICS } from '../../src/survey/metric.ts';
import type { SurveyResponse } from '../../src/survey/survey-response.ts';

/** What respondents write to do harm: markup of every target, mentions, links, templates, and characters that tools choke on. */
const HOSTILE = [
  '<!channel>',
  '<@U0123ABC>',
  '<!subteam^S1|x>',
  '<https://evil.example|click>',
  '@here',
  '#general',
  '<at>Everyone</at>',
  '&lt;!here&gt;',
  '&amp;amp;',
  '&#x3C;script&#x3E;',
  '&',
  '<script>alert(1)</script>',
  '<img src=x onerror="alert(\'1\')">',
  '</p></div>-->',
  '<!--',
  ']]>',
  '**bold** _it_ ~~no~~ `code`',
  '[click](https://evil.example)',
  '![x](javascript:alert(1))',
  '\\[a\\](b)',
  '[~accountid:5b10]',
  '{code}{panel:title=x}',
  '{color:red}h1. x|y|',
  '[code]<b>now</b>[/code]',
  '# heading',
  '- item',
  '1. one',
  '> quote',
  '---',
  '```',
  'javascript:alert(1)',
  'https://evil.example/?a=1&b=2#c',
  'mailto:a@evil.example',
  '{{comment}}',
  '{{delivery.id}}',
  '{{DATE(2017-02-14T06:08:39Z,SHORT)}}',
  '{{#each}}{{/each}}',
  '${secret}',
  '$(id)',
  '\'; drop table x; --"',
  '{"a":[1',
  '\\',
  '\\u0000',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\u2028',
  '\u0000',
  '\u001b[31m',
  '\u007f',
  '\u202e',
  '\ufeff',
  '\u200b',
  '\ud83d',
  '\ude00',
  '😀',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  'e\u0301\u0302',
  ' ',
  '',
];

const hostile = fc.constantFrom(...HOSTILE);

/** Texts that no limit has room for: one hostile piece over and over, now and then after a few other characters. */
const hugeText = fc
  .tuple(fc.string({ maxLength: 5 }), hostile, fc.integer({ min: 100, max: 40_000 }))
  .map(([start, piece, length]) => `${start}${piece || 'x'}`.padEnd(length, piece || 'x'));

/** Any text: any Unicode, lone surrogates and control characters, hostile pieces among others, empty, huge. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof(hostile, fc.string()), { maxLength: 6 }).map((all) => all.join('')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff })).map((all) => String.fromCharCode(...all)),
  },
  { weight: 1, arbitrary: hugeText },
);

const codeAndName = fc.record({ code: anyText, name: anyText });

const anyUrl = fc.oneof(
  anyText.map((text) => `https://links.example/${text}`),
  anyText,
  fc.constantFrom('javascript:alert(1)', 'data:text/html,<b>', 'http://a:b@links.example/|<>"\'', 'https://'),
);

const named = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> =>
  fc.dictionary(
    fc.string({ maxLength: 20 }).filter((name) => name !== '__proto__'),
    value,
    { maxKeys: 14 },
  );

/** Any survey response, whoever wrote its texts. */
export const anySurvey: fc.Arbitrary<SurveyResponse> = fc.record({
  source: fc.oneof(fc.constantFrom('cio-pulse', 'typeform', 'generic'), anyText),
  surveyId: anyText,
  surveyName: anyText,
  responseId: anyText,
  eventId: anyText,
  eventType: anyText,
  submittedAt: fc.oneof(fc.constant('2024-05-06T07:08:09.000Z'), anyText),
  metric: fc.constantFrom(...METRICS),
  score: fc.option(
    fc.oneof(fc.integer({ min: -100, max: 100 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  ),
  scale: fc.record({
    min: fc.integer({ min: -10, max: 1 }),
    max: fc.integer({ min: 2, max: 100 }),
    direction: fc.constantFrom(...DIRECTIONS),
  }),
  class: fc.option(fc.constantFrom(...Object.values(CLASSES).flat())),
  rating: anyText,
  comment: anyText,
  respondent: fc.record({
    id: anyText,
    email: fc.oneof(fc.constant('jo@example.com'), anyText),
    phone: anyText,
    name: anyText,
  }),
  account: anyText,
  agent: anyText,
  supportGroup: codeAndName,
  ticketId: fc.oneof(fc.constant('42'), anyText),
  drivers: named(fc.constantFrom(-1, 0, 1)),
  segments: fc.array(codeAndName, { maxLength: 4 }),
  language: anyText,
  links: named(anyUrl),
  raw: fc.constant(null),
});
