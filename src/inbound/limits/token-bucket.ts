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

/** What is left after it has happened. */
export const takeOne = (bucket: Bucket | undefined, pace: Pace, now: number): Bucket => ({
  level: Math.max(levelAt(bucket, pace, now) - 1, 0),
  at: now,
});

/** Full at the beginning. */
function levelAt(bucket: Bucket | undefined, { burst, perSecond }: Pace, now: number): number {
  return bucket ? Math.min(burst, bucket.level + ((now - bucket.at) / 1000) * perSecond) : burst;
}
