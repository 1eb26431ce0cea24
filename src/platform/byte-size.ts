const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** A number of bytes from words such as `400kb`, `2mb` or `1000`, in powers of 1,024; undefined if it is none, or zero. */
export function parseByteSize(text: string): number | undefined {
  const match = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(b|kb|mb|gb)?\s*$/i.exec(text);
  if (!match) return undefined;
  const bytes = Math.floor(Number(match[1]) * (UNIT_BYTES[match[2]?.toLowerCase() ?? ''] ?? 1));
  return bytes > 0 ? bytes : undefined;
}
