const LONGEST = 256;

/** The id that a value stands for: a text without the spaces around it, or a number; empty for anything else, and for what is too long. */
export function readSubjectId(value: unknown): string {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  const id = typeof text === 'string' && text.length <= 2 * LONGEST ? text.trim() : '';
  return id.length <= LONGEST ? id : '';
}
