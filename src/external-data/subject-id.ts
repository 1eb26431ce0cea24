const LONGEST = 256;

/**
 * The id that a value stands for: a text without the spaces around it, or a number; empty for anything else, and for what is too long. A
 * number beyond 2^53 may have lost digits, and would be the id of another subject.
 */
export function readSubjectId(value: unknown): string {
  const isExact = typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  const text = isExact ? String(value) : value;
  const id = typeof text === 'string' && text.length <= 2 * LONGEST ? text.trim() : '';
  return id.length <= LONGEST ? id : '';
}
