import type { DeliveryDetail } from '../deliveries/delivery.ts';
import { adviceFor } from './failure-advice.ts';

/** Why a delivery failed, waits or has not succeeded yet, and what to do about it: sentences, none where all is well. */
export function whyTexts(detail: DeliveryDetail, words: Words): string[] {
  const { reason, reasonText, attemptLog } = detail;
  const advice = adviceFor(detail);
  const error = reasonText ?? (advice === undefined ? undefined : attemptLog.at(-1)?.error);
  return [
    ...(reason === null ? [] : [words(`webhook-log-tab.reason.${reason}`)]),
    ...(error === undefined || error === '' ? [] : [error]),
    ...(advice === undefined ? [] : [words(`webhook-log-tab.advice.${advice}`)]),
  ];
}
