/** How many splits within splits are looked at: a flow may have put anything there. */
const MOST_LEVELS = 10;

/** Which part of its event a message is: its place in each sequence that it was split into (`msg.parts`), the innermost first. */
export function readMessagePart(parts: unknown): readonly number[] {
  const places: number[] = [];
  let level: unknown = parts;
  for (let count = 0; count < MOST_LEVELS && isObject(level); count++) {
    if (Number.isSafeInteger(level['index'])) places.push(Number(level['index']));
    level = level['parts'];
  }
  return places;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
