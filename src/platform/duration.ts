const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Ten years. Longer is a slip of the hand, and now plus a duration has to stay a time that exists. */
export const LONGEST_DURATION_MS = 3650 * 86_400_000;

/** A duration in ms, at most ten years, from words such as `500ms`, `30s`, `5m`, `2h`, `7d`; undefined if it is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h|d)\s*$/i.exec(text);
  const unit = UNITS_MS[match?.[2]?.toLowerCase() ?? ''];
  if (unit === undefined) return undefined;
  const ms = Math.round(Number(match?.[1]) * unit);
  return ms <= LONGEST_DURATION_MS ? ms : undefined;
}
