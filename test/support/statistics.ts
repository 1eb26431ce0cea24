/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Of the sample: divided by one less than the count. */
  readonly variance: number;
}

function momentsOf(values: readonly number[]): Moments {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
  return { count, mean, variance };
}

/** Welch's t of two samples with variances of their own (B. L. Welch, Biometrika 34, 1947). Beyond ±4.5 they differ. */
export function welchT(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [momentsOf(one), momentsOf(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

/** Both samples without what is over this quantile of both together: what a machine does beside hides small differences. */
export function cropTogether(
  samples: readonly [readonly number[], readonly number[]],
  quantile: number,
): [number[], number[]] {
  const sorted = samples.flat().toSorted((a, b) => a - b);
  const most = sorted[Math.ceil(sorted.length * quantile) - 1] ?? Infinity;
  const crop = (values: readonly number[]): number[] => values.filter((value) => value <= most);
  return [crop(samples[0]), crop(samples[1])];
}
