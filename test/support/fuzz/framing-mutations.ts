import { setHeader, toChunks } from './draft.ts';
import { encode } from './encodings.ts';
import type { Mutation } from './mutation.ts';
import type { SeededRandom } from '../seeded-random.ts';

const encoding: Mutation = (draft, random) => {
  const { name, body } = encode(draft.body, random);
  setHeader(draft, 'Content-Encoding', name);
  draft.body = body;
};

const chunked: Mutation = (draft, random) => {
  draft.framing = { by: 'chunks', sizes: random.pick([[1 << 16], [100, 1, 7], [1000]]) };
};

/** Lengths and chunks that do not fit the body, or each other. */
const framing: Mutation = (draft, random) => {
  const { body } = draft;
  const small = body.subarray(0, 2000);
  const chunks = toChunks(small, [50]);
  const length = (value: number | string): string => `Content-Length: ${value}`;
  const [headers, sent] = random.pick<[string[], Buffer]>([
    ...[
      length(small.length + 10),
      length(Math.max(0, small.length - 5)),
      length('abc'),
      length(-1),
      length('1, 1'),
      length('+5'),
    ].map((line): [string[], Buffer] => [[line], small]),
    ...[length('0x10'), length(1e12), length('9'.repeat(30)), length(''), length('5 5'), length(500_000)].map(
      (line): [string[], Buffer] => [[line], small],
    ),
    [[length(small.length), length(small.length)], small],
    [[length(1), length(2)], small],
    [[], small],
    [[], Buffer.alloc(0)],
    [[length(3), 'Transfer-Encoding: chunked'], chunks],
    [['Transfer-Encoding: chunked', length(chunks.length)], chunks],
    ...[
      'gzip, chunked',
      'chunked, chunked',
      'chunked, gzip',
      'identity',
      'Chunked',
      'xchunked',
      'chunked;q=1',
      '\vchunked',
      '',
    ].map((value): [string[], Buffer] => [[`Transfer-Encoding: ${value}`], chunks]),
    [['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], chunks],
    [['Transfer-Encoding : chunked'], chunks],
    ...brokenChunks(small, chunks, random).map((bytes): [string[], Buffer] => [
      ['Transfer-Encoding: chunked'],
      bytes,
    ]),
  ]);
  draft.framing = { by: 'bytes', headers, body: sent };
  draft.isWhole = false;
};

const brokenChunks = (body: Buffer, chunks: Buffer, random: SeededRandom): Buffer[] => [
  chunks.subarray(0, random.below(chunks.length)),
  chunks.subarray(0, chunks.length - 2),
  Buffer.from(`zz\r\n${body.toString('latin1')}\r\n0\r\n\r\n`, 'latin1'),
  Buffer.from(`-5\r\nhello\r\n0\r\n\r\n`),
  Buffer.from(`ffffffffffffffff\r\nhello\r\n0\r\n\r\n`),
  Buffer.from(`5;${'x'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`),
  Buffer.from(`5 ;a="\r\n"\r\nhello\r\n0\r\n\r\n`),
  Buffer.from(`5\nhello\n0\n\n`),
  Buffer.from(`0\r\nX-After: a\r\n__proto__: b\r\nContent-Length: 5\r\n\r\n`),
  Buffer.from(`0\r\n${'X-After: a\r\n'.repeat(5000)}\r\n`),
  Buffer.from(`5\r\nhello world\r\n0\r\n\r\n`),
];

/** How the body is sent. */
export const FRAMING_MUTATIONS: readonly Mutation[] = [
  encoding,
  encoding,
  encoding,
  chunked,
  chunked,
  framing,
];
