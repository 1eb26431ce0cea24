import type { DeliveryDetail } from '../deliveries/delivery.ts';
import { adviceFor } from './failure-advice.ts';

/** Looks up words by key, as the editor's `_` does. */
type Words = (key: string) => string;

/** Why a delivery failed, waits or has not succeeded yet, and what to do about it: sentences, none where all is well. */
export function whyTexts(detail: DeliveryDetail, words: Words): string[] {
  const { status, reason, reasonText, attemptLog } = detail;
  if (status === 'Succeeded') return [];
  const last = attemptLog.at(-1);
  const advice = adviceFor(detail);
  // A status code and the response tell more than words about them.
  const error = last?.statusCode == null ? (reasonText ?? last?.error ?? '') : '';
  return [
    ...(reason === null ? [] : [words(`webhook-log-tab.reason.${reason}`)]),
    ...(error === '' ? [] : [error]),
    ...(advice === undefined ? [] : [words(`webhook-log-tab.advice.${advice}`)]),
  ];
}
