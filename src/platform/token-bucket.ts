/** How often something may happen: `burst` times at once, and after that steadily. */
export interface Pace {
  /** At least 1. */
  readonly burst: number;
  /** More than 0. */
  readonly perSecond: number;
}

/** What was left of a pace at a moment. */
export interface Bucket {
  readonly level: number;
  /** Ms on a clock that never jumps. */
  readonly at: number;
}

/** How long, in ms, until it may happen again; 0 = now. */
export function waitMs(bucket: Bucket | undefined, pace: Pace, now: number): number {
  const missing = 1 - levelAt(bucket, pace, now);
  return missing <= 0 ? 0 : (missing / pace.perSecond) * 1000;
}

/** How many times it may happen at once: a whole number. */
export const readyCount = (bucket: Bucket | undefined, pace: Pace, now: number): number =>
  Math.floor(levelAt(bucket, pace, now));

/** What is left after it has happened. */
export const takeOne = (bucket: Bucket | undefined, pace: Pace, now: number): Bucket =>
  takeSome(bucket, pace, { now, count: 1 });

/** What is left after it has happened so many times at once. */
export const takeSome = (
  bucket: Bucket | undefined,
  pace: Pace,
  { now, count }: { now: number; count: number },
): Bucket => ({ level: Math.max(levelAt(bucket, pace, now) - count, 0), at: now });

/** What is left where it did not happen so many times after all. */
export const putBack = ({ level, at }: Bucket, count: number): Bucket => ({ level: level + count, at });

/** Full at the beginning. */
function levelAt(bucket: Bucket | undefined, { burst, perSecond }: Pace, now: number): number {
  return bucket ? Math.min(burst, bucket.level + ((now - bucket.at) / 1000) * perSecond) : burst;
}
