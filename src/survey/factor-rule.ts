import { pointerTo, printable, type Violation } from '../violation.ts';
import { selectedValue } from './drivers.ts';
import { toneOf } from './metric.ts';
import type { SurveyResponse } from './survey-response.ts';

/**
 * Checks experience factors against the class (CIOPulse's rule): those that a promoter selected are 1, those that a passive or a
 * detractor selected are -1; for CSAT and CES the best class stands in the promoter's place. Without a class there is nothing to
 * contradict.
 */
export function checkFactors({ drivers, score, class: surveyClass }: SurveyResponse): Violation[] {
  const tone = toneOf(surveyClass);
  if (tone === null) return [];
  const selected = selectedValue(tone);
  const respondent = score === null ? String(surveyClass) : `${String(surveyClass)}, ${score}`;
  return Object.entries(drivers)
    .filter(([, value]) => value === -selected)
    .map(([factor, value]) => ({
      field: printable(factor),
      path: pointerTo(factor),
      rule: 'factor',
      message: `${printable(factor)} is ${value}, but the factors that this respondent (${respondent}) selected are ${selected}.`,
    }));
}
