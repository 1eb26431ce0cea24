import { writeNumber } from './exposition.ts';
import type { Labels, Sample } from './metric-family.ts';

/** Counts what falls under each of some bounds. */
export class Histogram {
  readonly #bounds: readonly number[];
  /** What lies above the bound before, and not above this one; the last is for what lies above all. */
  readonly #counts: number[];
  #sum = 0;

  /** The bounds grow. */
  constructor(bounds: readonly number[]) {
    this.#bounds = [...bounds, Infinity];
    this.#counts = this.#bounds.map(() => 0);
  }

  observe(value: number): void {
    const index = this.#bounds.findIndex((bound) => value <= bound);
    if (index < 0) return;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += value;
  }

  /** Each bucket holds those before it too, as the format has it. */
  samples(labels: Labels): Sample[] {
    let count = 0;
    const buckets = this.#bounds.map((bound, index): Sample => {
      count += this.#counts[index] ?? 0;
      return { suffix: '_bucket', labels: { ...labels, le: writeNumber(bound) }, value: count };
    });
    return [
      ...buckets,
      { suffix: '_sum', labels, value: this.#sum },
      { suffix: '_count', labels, value: count },
    ];
  }
}
