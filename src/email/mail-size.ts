import { parseByteSize } from '../platform/byte-size.ts';

/** The largest mail that any listener takes, in bytes: it is in memory several times over while it is read. */
export const LARGEST_MAIL = 50 * 1024 * 1024;

const USUAL_SIZE = '10mb';

/** The size of a setting such as `10mb`, in bytes; 10 MB where it is empty, undefined where it is no size, or too large. */
export function parseMailSize(setting: string): number | undefined {
  const bytes = parseByteSize(setting || USUAL_SIZE);
  return bytes !== undefined && bytes <= LARGEST_MAIL ? bytes : undefined;
}
