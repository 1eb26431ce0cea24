/** A strict reader of Prometheus' text format, version 0.0.4: it throws at whatever a scraper, or its linter, would complain about. */
import assert from 'node:assert/strict';

export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ReadFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ReadSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\]|\\\\\\\\|\\\\n)+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{([^\n]+)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|[+-]Inf|NaN)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(?:,(?=[^])|$)/;

/** The metrics by name. */
export function readExposition(text: string): ReadonlyMap<string, ReadFamily> {
  assert.ok(text === '' || text.endsWith('\n'), 'The last line has no end.');
  const families = new Map<string, ReadFamily>();
  for (const block of text.split(/(?<=\n)(?=# HELP )/)) {
    if (block === '') continue;
    const family = readFamily(block.slice(0, -1).split('\n'));
    assert.ok(!families.has(family.name), `${family.name} is there twice.`);
    families.set(family.name, family);
  }
  return families;
}

function readFamily([helpLine = '', typeLine = '', ...lines]: readonly string[]): ReadFamily {
  const [, name = '', help = ''] = HELP.exec(helpLine) ?? [];
  assert.ok(name, `No HELP: ${helpLine}`);
  const [, typed, type = ''] = TYPE.exec(typeLine) ?? [];
  assert.equal(typed, name, `No TYPE of ${name}: ${typeLine}`);
  checkName(name, type);
  const samples = lines.map(readSample);
  assert.ok(samples.length > 0, `${name} has no samples.`);
  const keys = samples.map((sample) => keyOf(sample.name, sample.labels));
  assert.equal(new Set(keys).size, keys.length, `${name} has a sample twice.`);
  const family = { name, help, type, samples };
  if (type === 'histogram') checkHistogram(family);
  else checkPlain(family);
  return family;
}

/** What promtool's linter asks of names: small letters, base units, no type, and no colon, which is for recording rules. */
function checkName(name: string, type: string): void {
  assert.doesNotMatch(name, /[A-Z:]|^_|__/, name);
  const words = name.split('_');
  assert.ok(!words.includes(type), `${name} names its type.`);
  const odd = words.find((word) => NO_BASE_UNITS.has(word));
  assert.equal(odd, undefined, `${name} is in no base unit.`);
}

const NO_BASE_UNITS: ReadonlySet<string> = new Set(
  'ms milliseconds us microseconds ns nanoseconds minutes hours days kb mb kilobytes megabytes bits percent'.split(
    ' ',
  ),
);

function readSample(line: string): ReadSample {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  assert.ok(name, `Not a sample: ${line}`);
  return { name, labels: readLabels(labels), value: Number(value.replace('Inf', 'Infinity')) };
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== '';) {
    const match = LABEL.exec(rest);
    assert.ok(match, `Not a label: ${rest}`);
    const [whole, name = '', value = ''] = match;
    assert.ok(!(name in labels), `${name} is there twice.`);
    assert.doesNotMatch(
      name,
      /^__|[A-Z]/,
      'Prometheus keeps such labels to itself, or asks for small letters.',
    );
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function checkPlain({ name, type, samples }: ReadFamily): void {
  assert.equal(name.endsWith('_total'), type === 'counter', `${name} is a ${type}.`);
  assert.doesNotMatch(name, /_(?:count|sum|bucket|info)$/);
  for (const sample of samples) {
    assert.equal(sample.name, name);
    assert.ok(!('le' in sample.labels));
    if (type === 'counter') assert.ok(sample.value >= 0);
  }
}

function checkHistogram({ name, samples }: ReadFamily): void {
  const groups = new Map<string, ReadSample[]>();
  for (const sample of samples) {
    const labels = Object.entries(sample.labels).filter(([label]) => label !== 'le');
    const key = keyOf(name, Object.fromEntries(labels));
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const group of groups.values()) checkBuckets(name, group);
}

/** The buckets, each with what those before it hold, then the sum and the count. */
function checkBuckets(name: string, group: readonly ReadSample[]): void {
  const buckets = group.filter((sample) => sample.name === `${name}_bucket`);
  const [sum, count, ...more] = group.slice(buckets.length);
  assert.deepEqual([sum?.name, count?.name, more.length], [`${name}_sum`, `${name}_count`, 0]);
  const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('Inf', 'Infinity')));
  assert.equal(bounds.at(-1), Infinity, `${name} ends with ${bounds.at(-1)}.`);
  assert.equal(new Set(bounds).size, bounds.length);
  const values = buckets.map(({ value }) => value);
  for (const series of [bounds, values])
    assert.deepEqual(
      series,
      series.toSorted((one, other) => one - other),
    );
  assert.equal(values.at(-1), count?.value);
}

const keyOf = (name: string, labels: Readonly<Record<string, string>>): string =>
  JSON.stringify([name, Object.entries(labels).sort()]);
