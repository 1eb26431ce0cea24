/** Scores from one to the other, both included. */
export interface ScoreRange {
  readonly from: number;
  readonly to: number;
}

const SCORE = String.raw`-?\d{1,9}(?:\.\d{1,9})?`;
const RANGE = new RegExp(`^(${SCORE})(?:\\s*[-–]\\s*(${SCORE}))?$`);

/**
 * Reads scores and ranges of them with commas between, such as `0-6,9`; a score may be negative or a decimal: `-2--1,0.5`. None
 * for an empty text; undefined where a part is no score or range, or ends before it begins.
 */
export function parseScoreRanges(text: string): ScoreRange[] | undefined {
  if (text.trim() === '') return [];
  const ranges = text.split(',').map(parseRange);
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function parseRange(text: string): ScoreRange | undefined {
  const [, first, last = first] = RANGE.exec(text.trim()) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return from <= to ? { from, to } : undefined;
}
