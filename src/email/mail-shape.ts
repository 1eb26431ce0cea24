/** The most lines of a mail whose lines are short, and the most that begin like the boundary of a part. */
const MOST_LINES = 200_000;
const MOST_MARKS = 10_000;
/** Lines as long as those of an attachment in base64 are not counted out: a large attachment has many. */
const LONG_LINE = 64;

const LINE_END = 0x0a;
const DASH = 0x2d;

/**
 * What is wrong with how a mail is made, before anything is built from it; undefined where nothing is. A reader makes objects for
 * each line and each part: 10 MB of empty lines took more than 4 GB, and of empty parts half a minute.
 */
export function faultInShape(bytes: Uint8Array): string | undefined {
  let lines = 0;
  let marks = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === DASH && bytes[at + 1] === DASH) marks++;
    const end = bytes.indexOf(LINE_END, at);
    lines++;
    at = end < 0 ? bytes.length : end + 1;
  }
  if (marks > MOST_MARKS) return 'It has more than 10,000 parts.';
  if (lines > MOST_LINES && lines > bytes.length / LONG_LINE) return 'It has more than 200,000 lines.';
  return undefined;
}
