import { HookError } from '../errors.ts';
import { DIRECTIONS, METRICS, NPS_SCALE, USUAL_SCALES, type Metric, type Scale } from './metric.ts';

/** What scores mean, as a flow holds it: empty = NPS, and the usual scale of the metric. */
export interface MeasuringSettings {
  readonly metric?: unknown;
  readonly scaleMin?: unknown;
  readonly scaleMax?: unknown;
  readonly direction?: unknown;
}

/** What scores mean, and which there can be. */
export interface Measuring {
  readonly metric: Metric;
  readonly scale: Scale;
  /** Whether someone has set the ends of the scale; else they are the usual ones. */
  readonly isScaleSet: boolean;
}

/** Bounded, so that no text takes long: a sign, digits, and digits after a point. */
const NUMBER = /^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/;

/** Reads what scores mean. NPS has one scale, so what is set beside it is not looked at. Throws HOOK_CONFIG_INVALID. */
export function parseMeasuring(settings: MeasuringSettings): Measuring {
  const metric = oneOf('metric', settings.metric, METRICS);
  if (metric === 'nps') return { metric, scale: { ...NPS_SCALE }, isScaleSet: false };
  const direction = oneOf('direction of the scale', settings.direction, DIRECTIONS);
  const min = parseEnd('lowest', settings.scaleMin);
  const max = parseEnd('highest', settings.scaleMax);
  const usual = USUAL_SCALES[metric];
  const scale = { min: min ?? usual.min, max: max ?? usual.max, direction };
  if (scale.min >= scale.max)
    throw invalid(`The lowest score (${scale.min}) must be less than the highest score (${scale.max}).`);
  return { metric, scale, isScaleSet: min !== undefined || max !== undefined };
}

/** A metric on the scale that a source says it uses; where a flow has set a scale for this metric, that one counts. */
export function measureAs(
  metric: Metric,
  { min, max }: Pick<Scale, 'min' | 'max'>,
  set: Measuring,
): Measuring {
  if (metric === 'nps') return { metric, scale: { ...NPS_SCALE }, isScaleSet: false };
  if (set.metric !== metric)
    return { metric, scale: { min, max, direction: 'higher-is-better' }, isScaleSet: false };
  return set.isScaleSet ? set : { ...set, scale: { ...set.scale, min, max } };
}

/**
 * The score that a value stands for: null for an empty one, which is not 0; undefined for what is no score of the scale. Nothing
 * is clamped, rounded or guessed; NPS has whole numbers only.
 */
export function readScore(value: unknown, { metric, scale }: Measuring): number | null | undefined {
  const number = typeof value === 'string' ? numberOf(value) : (value ?? null);
  if (number === null) return null;
  if (typeof number !== 'number' || !(number >= scale.min && number <= scale.max)) return undefined;
  // Minus zero is a zero.
  return metric !== 'nps' || Number.isInteger(number) ? number + 0 : undefined;
}

/** Which scores there can be, as an error says it. */
export function describeScores({ metric, scale: { min, max } }: Measuring): string {
  return `a ${metric === 'nps' ? 'whole number' : 'number'} from ${min} to ${max}`;
}

function numberOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}

function oneOf<const Word extends string>(
  name: string,
  value: unknown,
  words: readonly [Word, ...Word[]],
): Word {
  if (value === undefined || value === null || value === '') return words[0];
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(`The ${name} must be one of ${words.join(', ')}.`);
  return found;
}

function parseEnd(which: string, value: unknown): number | undefined {
  const number = typeof value === 'string' ? numberOf(value) : (value ?? null);
  if (number === null) return undefined;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw invalid(`The ${which} score must be a number, or empty for the usual one.`);
}

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
