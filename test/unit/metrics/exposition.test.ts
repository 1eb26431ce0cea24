import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeExposition } from '../../../src/metrics/exposition.ts';
import { Histogram } from '../../../src/metrics/histogram.ts';
import type { MetricFamily } from '../../../src/metrics/metric-family.ts';
import { readExposition } from '../../support/exposition.ts';

const family = (fields: Partial<MetricFamily> = {}): MetricFamily => ({
  name: 'things',
  type: 'gauge',
  help: 'Things.',
  samples: [{ labels: {}, value: 1 }],
  ...fields,
});

describe('The text of metrics', () => {
  it('is what the format says, to the letter', () => {
    const histogram = new Histogram([0.5, 1]);
    for (const seconds of [0.25, 0.5, 0.75, 4]) histogram.observe(seconds);
    const text = writeExposition([
      family({
        name: 'calls_total',
        type: 'counter',
        help: 'A \\ and\na line.',
        samples: [
          { labels: { name: 'a "b" \\ c\nd' }, value: 3 },
          { labels: { name: '' }, value: 0 },
        ],
      }),
      family({ name: 'wait_seconds', type: 'histogram', samples: histogram.samples({ id: 'x' }) }),
      family({
        samples: [Infinity, -Infinity, 1e21, 0.1].map((value) => ({ labels: { of: String(value) }, value })),
      }),
      family({ name: 'nothing', samples: [] }),
    ]);
    assert.equal(
      text,
      `# HELP calls_total A \\\\ and\\na line.
# TYPE calls_total counter
calls_total{name="a \\"b\\" \\\\ c\\nd"} 3
calls_total{name=""} 0
# HELP wait_seconds Things.
# TYPE wait_seconds histogram
wait_seconds_bucket{id="x",le="0.5"} 2
wait_seconds_bucket{id="x",le="1"} 3
wait_seconds_bucket{id="x",le="+Inf"} 4
wait_seconds_sum{id="x"} 5.5
wait_seconds_count{id="x"} 4
# HELP things Things.
# TYPE things gauge
things{of="Infinity"} +Inf
things{of="-Infinity"} -Inf
things{of="1e+21"} 1e+21
things{of="0.1"} 0.1
`,
    );
    assert.deepEqual([...readExposition(text).keys()], ['calls_total', 'wait_seconds', 'things']);
  });

  it('gives back any label that is written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.double({ noNaN: true }),
        (one, other, value) => {
          const samples = [{ labels: { one, other }, value }];
          const read = readExposition(writeExposition([family({ samples })])).get('things')?.samples[0];
          assert.deepEqual(read?.labels, { one, other });
          assert.ok(read.value === value);
        },
      ),
    );
  });

  it('counts in a histogram whatever is observed, once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (values) => {
        const histogram = new Histogram([0.1, 1, 10]);
        for (const value of values) histogram.observe(value);
        const text = writeExposition([family({ type: 'histogram', samples: histogram.samples({}) })]);
        const samples = readExposition(text).get('things')?.samples ?? [];
        const at = (le: string) => samples.find(({ labels }) => labels['le'] === le)?.value;
        assert.equal(at('1'), values.filter((value) => value <= 1).length);
        assert.equal(at('+Inf'), values.length);
      }),
    );
  });
});

describe('The strict reader of metrics', () => {
  const head = '# HELP a_total A.\n# TYPE a_total counter\n';
  for (const [title, text] of [
    ['a line without an end', `${head}a_total 1`],
    ['a metric without help', '# TYPE a_total counter\na_total 1\n'],
    ['a metric of no type', '# HELP a_total A.\na_total 1\n'],
    ['a metric that is there twice', `${head}a_total 1\n${head}a_total 2\n`],
    ['a sample of another metric', `${head}b_total 1\n`],
    ['a sample that is there twice', `${head}a_total{b="1"} 1\na_total{b="1"} 2\n`],
    ['a quotation mark in a label', `${head}a_total{b="1"2"} 1\n`],
    ['a label without quotation marks', `${head}a_total{b=1} 1\n`],
    ['a comma after the last label', `${head}a_total{b="1",} 1\n`],
    ['a backslash that escapes nothing', `${head}a_total{b="\\d"} 1\n`],
    ['a name that is none', '# HELP a-b A.\n# TYPE a-b gauge\na-b 1\n'],
    ['a name with a capital letter', '# HELP aB A.\n# TYPE aB gauge\naB 1\n'],
    ['a name in no base unit', '# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1\n'],
    ['a name that says its type', '# HELP a_gauge A.\n# TYPE a_gauge gauge\na_gauge 1\n'],
    ['a label that Prometheus keeps to itself', `${head}a_total{__b="1"} 1\n`],
    ['a counter that is called otherwise', '# HELP a A.\n# TYPE a counter\na 1\n'],
    ['a counter below 0', `${head}a_total -1\n`],
    ['an empty line', `${head}a_total 1\n\n`],
    ['something that is no number', `${head}a_total one\n`],
    [
      'a histogram without its last bucket',
      '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
    ],
    [
      'a histogram whose buckets do not hold those before',
      '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    ],
    [
      'a histogram whose count is another',
      '# HELP h H.\n# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n',
    ],
  ] as const)
    it(`refuses ${title}`, () => {
      assert.throws(() => readExposition(text), { name: 'AssertionError' });
    });
});
