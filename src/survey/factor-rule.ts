import { pointerTo, type Violation } from '../violation.ts';
import type { SurveyResponse } from './survey-response.ts';

/**
 * Checks CIOPulse's experience factors against the score: those that a promoter selected are 1, those that a passive or a
 * detractor selected are -1. Without a score there is nothing to contradict.
 */
export function checkFactors({ drivers, score, class: surveyClass }: SurveyResponse): Violation[] {
  if (surveyClass === null || score === null) return [];
  const selected = surveyClass === 'promoter' ? 1 : -1;
  return Object.entries(drivers)
    .filter(([, value]) => value === -selected)
    .map(([factor, value]) => ({
      field: factor,
      path: pointerTo(factor),
      rule: 'factor',
      message: `${factor} is ${value}, but the score ${score} is a ${surveyClass}'s, whose selected factors are ${selected}.`,
    }));
}
