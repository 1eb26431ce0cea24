import type { SeededRandom } from '../seeded-random.ts';

/** A body and the media type it is sent as. */
export interface TypedBody {
  readonly type: string;
  readonly body: Buffer;
}

const PAIRS: readonly ((random: SeededRandom) => string)[] = [
  () => '%',
  () => 'a=%',
  () => 'a=%zz&b=1',
  () => '%c3=1',
  () => 'a=%ff%fe',
  () => 'a=%00',
  () => '&&&&',
  () => '=',
  () => '=1&=2',
  () => '__proto__=1',
  () => '%5F_proto__=1&a=2',
  () => 'constructor[prototype][a]=1&constructor=2',
  () => 'a[b][c]=1&a[]=2&a.b=3',
  () => 'a;b=1;c',
  () => 'a=1&a=2&A=3',
  () => '+=+%20+',
  () => '\u00e9=\u00e8',
  (random) => Array.from({ length: 998 + random.below(5) }, (_, at) => `f${at}=1`).join('&'),
  (random) => 'a=1&'.repeat(random.pick([500, 1001, 50_000])),
  (random) => `a=${'x'.repeat(random.pick([100_000, 409_598, 409_600]))}`,
  () => `${'a['.repeat(20_000)}=1`,
];

/** Percent-encoded pairs as a form's body or a URL's query may hold them, malformed and not. */
export const pairs = (random: SeededRandom): string => random.pick(PAIRS)(random);

export function urlencodedBody(random: SeededRandom): TypedBody {
  const type = random.pick([
    'application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded; charset=utf-8',
    'application/x-www-form-urlencoded;charset=iso-8859-1',
  ]);
  return { type, body: Buffer.from(pairs(random), random.chance(0.1) ? 'latin1' : 'utf8') };
}

interface Part {
  readonly headers: readonly string[];
  readonly content: string;
}

const disposition = (rest: string): string => `Content-Disposition: form-data; ${rest}`;
const field = (name: string, content = '1'): Part => ({ headers: [disposition(`name="${name}"`)], content });

const PARTS: readonly ((random: SeededRandom) => Part)[] = [
  () => field('Email', 'a@b.example'),
  () => field('Email', 'c@d.example'),
  () => field('', 'no name'),
  () => field('__proto__'),
  () => field('constructor[prototype]'),
  () => field('%5F%5Fproto__'),
  () => field('a%22b%0D%0A'),
  () => ({ headers: [disposition('name=a')], content: '1' }),
  () => ({ headers: [disposition('name="a')], content: '1' }),
  () => ({ headers: ['Content-Disposition: attachment; name="a"'], content: '1' }),
  () => ({ headers: [], content: 'no headers' }),
  () => ({ headers: ['Content-Type: text/plain'], content: 'no disposition' }),
  () => ({ headers: ['nonsense'], content: '1' }),
  () => ({ headers: [disposition('name="f"; filename="../../etc/passwd"')], content: 'x' }),
  () => ({ headers: [disposition('name="f"; filename="a\0.csv"')], content: 'x' }),
  () => ({ headers: [disposition('name="f"; filename=""')], content: '' }),
  () => ({ headers: [disposition('name="f"; filename=a.csv; filename*=UTF-8\'\'%e2%82%ac')], content: 'x' }),
  () => ({ headers: [disposition('name="__proto__"; filename="a"')], content: 'x' }),
  () => ({ headers: [disposition('name="_charset_"')], content: 'iso-8859-1' }),
  () => ({ headers: [disposition('name="a"'), 'Content-Transfer-Encoding: base64'], content: 'YQ==' }),
  () => ({ headers: [disposition('name="a"'), 'Content-Type: multipart/mixed; boundary=i'], content: '--i' }),
  () => ({ headers: [disposition('name="a"'), `X-Long: ${'x'.repeat(100_000)}`], content: '1' }),
  (random) => ({
    headers: [disposition('name="f"; filename="b.bin"'), 'Content-Type: application/octet-stream'],
    content: random.bytes(300).toString('latin1'),
  }),
  (random) => field('big', 'x'.repeat(random.pick([100_000, 420_000]))),
];

const BOUNDARIES = [
  'b',
  '----WebKitFormBoundaryAbC',
  'x'.repeat(70),
  'x'.repeat(300),
  "a'()+_,-./:=?b",
  'a b',
  '',
];

/** A multipart form, or what only looks like one. */
export function multipartBody(random: SeededRandom): TypedBody {
  const boundary = random.pick(BOUNDARIES);
  const count = random.chance(0.05) ? 998 + random.below(5) : random.below(6);
  const parts = Array.from({ length: count }, () =>
    count > 10 ? field('many') : random.pick(PARTS)(random),
  );
  const text = joinParts(parts, boundary, random);
  return { type: multipartType(boundary, random), body: Buffer.from(text, 'latin1') };
}

function joinParts(parts: readonly Part[], boundary: string, random: SeededRandom): string {
  const eol = random.chance(0.1) ? '\n' : '\r\n';
  const marked = random.chance(0.05) ? `${boundary}x` : boundary;
  const written = parts.map(
    ({ headers, content }) => `--${marked}${eol}${headers.join(eol)}${eol}${eol}${content}${eol}`,
  );
  const end = random.pick([
    `--${marked}--`,
    `--${marked}--${eol}`,
    `--${marked}--${eol}epilogue`,
    `--${marked}`,
    '',
  ]);
  return `${random.chance(0.05) ? `preamble${eol}` : ''}${written.join('')}${end}`;
}

function multipartType(boundary: string, random: SeededRandom): string {
  return random.pick([
    `multipart/form-data; boundary=${boundary}`,
    `multipart/form-data; boundary="${boundary}"`,
    `Multipart/Form-Data;BOUNDARY=${boundary}`,
    `multipart/form-data; boundary=other; boundary=${boundary}`,
    `multipart/form-data; charset=utf-8; boundary=${boundary}`,
    `multipart/form-data`,
    `multipart/mixed; boundary=${boundary}`,
  ]);
}
