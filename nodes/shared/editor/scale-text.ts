import { METRICS, USUAL_SCALES, type Scale } from '../../../src/survey/metric.ts';
import { holdsEnv } from './text.ts';

const NUMBER = /^-?\d{1,9}(?:\.\d{1,9})?$/;

/** The scale that a metric usually has. */
export function usualScaleOf(metric: string): Scale {
  return USUAL_SCALES[METRICS.find((known) => known === metric) ?? 'nps'];
}

/** Whether a text is an end of a scale: a number, or nothing for the usual one. */
export const isScaleEnd = (text: string): boolean => text.trim() === '' || NUMBER.test(text.trim());

interface ScaleTexts {
  readonly min: string;
  readonly max: string;
  readonly metric: string;
}

/** Whether both ends of a scale can stand, and the lowest score is less than the highest. */
export function isScale({ min, max, metric }: ScaleTexts): boolean {
  if (holdsEnv(min) || holdsEnv(max)) return true;
  const usual = usualScaleOf(metric);
  const endOf = (text: string, instead: number): number => (text.trim() === '' ? instead : Number(text));
  return isScaleEnd(min) && isScaleEnd(max) && endOf(min, usual.min) < endOf(max, usual.max);
}
