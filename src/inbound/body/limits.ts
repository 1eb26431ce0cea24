/** The deepest nesting of a body. Copying a message overflows the stack near 3,000 levels. */
export const DEEPEST = 100;
/** The most fields of a request, at all levels together, and the most parts of a form. */
export const MOST_FIELDS = 1000;
/** The largest body where the hook does not say otherwise: Kustomer's limit, 400 KB. */
export const BODY_LIMIT = 400 * 1024;
/** The longest a whole body may take, however steadily it trickles in. */
export const BODY_DEADLINE_MS = 30_000;
/** The longest that nothing of a body that is on its way may come. */
export const BODY_IDLE_MS = 10_000;

const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes from words such as `400kb`, `2mb` or `1000`, in powers of 1,024; undefined if it is none, or zero. */
export function parseByteSize(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(b|kb|mb|gb)?\s*$/i.exec(text);
  if (!match) return undefined;
  const bytes = Math.floor(Number(match[1]) * (UNIT_BYTES[match[2]?.toLowerCase() ?? ''] ?? 1));
  return bytes > 0 ? bytes : undefined;
}
