/** How many deliveries stand how. */
export interface Counts {
  readonly succeeded: number;
  readonly failed: number;
  readonly inProgress: number;
}

/** How the deliveries stand that were accepted in an hour; `from` is when it began, ISO 8601 UTC. */
export interface HourCount extends Counts {
  readonly from: string;
}

/** How they stand over all hours. */
export function totalOf(hours: readonly HourCount[]): Counts {
  const sum = (name: keyof Counts): number => hours.reduce((total, hour) => total + hour[name], 0);
  return { succeeded: sum('succeeded'), failed: sum('failed'), inProgress: sum('inProgress') };
}

/** The least that is drawn of what is not nothing, in percent: one failure among a thousand successes must be seen. */
const LEAST = 6;

/** How high each part of each bar is, in percent of the chart. */
export function barHeights(hours: readonly HourCount[]): Counts[] {
  const highest = Math.max(1, ...hours.map(sumOf));
  const heightOf = (count: number): number => (count === 0 ? 0 : Math.max(LEAST, (100 * count) / highest));
  return hours.map(({ succeeded, failed, inProgress }) =>
    fit({ succeeded: heightOf(succeeded), failed: heightOf(failed), inProgress: heightOf(inProgress) }),
  );
}

/** What was made higher than it is takes its room from the largest part. */
function fit(heights: Counts): Counts {
  const excess = Math.max(0, sumOf(heights) - 100);
  const names: readonly (keyof Counts)[] = ['succeeded', 'failed', 'inProgress'];
  const largest = names.reduce((one, other) => (heights[other] > heights[one] ? other : one));
  return { ...heights, [largest]: heights[largest] - excess };
}

const sumOf = ({ succeeded, failed, inProgress }: Counts): number => succeeded + failed + inProgress;
