import type { SeededRandom } from '../seeded-random.ts';

type MakeText = (random: SeededRandom) => string;

const around = (random: SeededRandom, limit: number): number => limit - 2 + random.below(5);
const fields = (count: number): string =>
  `{${Array.from({ length: count }, (_, at) => `"f${at}":${at}`).join(',')}}`;

const NAMES =
  '__proto__ \\u005f_proto__ constructor prototype toString hasOwnProperty valueOf toJSON then length _msgid req res error refused'.split(
    ' ',
  );
const VALUES = [
  'null',
  '[]',
  '{}',
  '1e999',
  '-0',
  '1'.repeat(400),
  '"\\ud800"',
  '"\\u0000"',
  '{"prototype":{"polluted":1}}',
  '{"polluted":1}',
];

const MAKERS: readonly MakeText[] = [
  // Deep: at the limit, and far over it.
  (random) => nest('[', ']', around(random, 100)),
  (random) => nest('{"a":', '}', around(random, 100), '1'),
  (random) => nest('[', ']', random.pick([500, 3000, 100_000])),
  (random) => '['.repeat(random.pick([101, 5000, 200_000])),
  (random) => `{"a":${nest('[{"b":', '}]', around(random, 50), '1')}}`,
  // Wide.
  (random) => fields(around(random, 1000)),
  (random) => fields(random.pick([1500, 20_000])),
  () => `[${'{"a":1},'.repeat(600)}{"b":${fields(600)}}]`,
  (random) => `[${'0,'.repeat(random.pick([1000, 100_000]))}0]`,
  // Names and values.
  (random) => `{"${random.pick(NAMES)}":${random.pick(VALUES)}}`,
  (random) => `{"a":[{"${random.pick(NAMES)}":${random.pick(VALUES)}}]}`,
  (random) => `{"a":1,"a":${random.pick(VALUES)},"A":2," a ":3}`,
  (random) => random.pick(VALUES),
  // Large, around the limit of 400 KB.
  (random) => `{"a":"${'x'.repeat(409_600 - 8 - 2 + random.below(5))}"}`,
  (random) => `${' '.repeat(random.pick([1000, 300_000, 500_000]))}{}`,
  () => `{"a":"${'\\'.repeat(10_001)}"}`,
  // No JSON.
  () => '',
  () => '{',
  () => '{"a":1,}',
  () => "{'a':1}",
  () => '{"a":1}}',
  () => '{"a":1}{"b":2}',
  () => '// a\n{"a":1}',
  () => '\ufeff{"a":1}',
  () => 'NaN',
  () => '{"a":undefined}',
  () => '"'.repeat(50_000),
  () => '}'.repeat(1000),
  () => ':'.repeat(5000),
];

function nest(open: string, close: string, levels: number, middle = ''): string {
  return `${open.repeat(levels)}${middle}${close.repeat(levels)}`;
}

/** JSON that is too much, or none. */
export function jsonBody(random: SeededRandom): Buffer {
  const text = random.pick(MAKERS)(random);
  if (!random.chance(0.1)) return Buffer.from(text);
  return random.pick([
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from([0x22, 0xff, 0xfe, 0x22]),
    () => Buffer.from([0x7b, 0x22, 0xc3, 0x22, 0x3a, 0x31, 0x7d]),
    () => random.bytes(200),
  ])();
}
