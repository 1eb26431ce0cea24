import type { Properties } from './record-store.ts';

/** What a score means nothing without, so that it is kept or replaced with it. */
const MEASURE = ['metric', 'score', 'scale', 'class'] as const;

/** What is one choice of the respondent: a later one takes the place of the whole. */
const WHOLE: ReadonlySet<string> = new Set(['drivers']);

/**
 * A survey response with a later event of it: what the event leaves empty (no text, null, an empty list or object) stays as it is,
 * also within parts such as the respondent. Score, class, metric and scale come together or not at all.
 */
export function mergeResponse(stored: Properties, later: Properties): Properties {
  return { ...mergeParts(stored, later), ...measureOf(stored, later) };
}

function mergeParts(stored: Properties, later: Properties): Properties {
  const parts = Object.entries(later)
    .filter(([name, value]) => !isEmpty(value) || !Object.hasOwn(stored, name))
    .map(([name, value]) => [name, mergeValue(name, stored, value)] as const);
  return { ...stored, ...Object.fromEntries(parts) };
}

function mergeValue(name: string, stored: Properties, later: unknown): unknown {
  const before = Object.hasOwn(stored, name) ? stored[name] : undefined;
  if (WHOLE.has(name) || !isObject(before) || !isObject(later)) return later;
  return mergeParts(before, later);
}

/** The measure of the event that has a score; nothing where neither has one. */
function measureOf(stored: Properties, later: Properties): Properties {
  const scored = [later, stored].find((response) => !isEmpty(response['score']));
  if (!scored) return {};
  const names = MEASURE.filter((name) => Object.hasOwn(scored, name));
  return Object.fromEntries(names.map((name) => [name, scored[name]]));
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
