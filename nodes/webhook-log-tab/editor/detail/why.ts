import type { DeliveryDetail } from '../deliveries/delivery.ts';
import { adviceFor } from './failure-advice.ts';

/** Looks up words by key, as the editor's `_` does. */
type Words = (key: string) => string;

/** Why a delivery failed, waits or has not succeeded yet, and what to do about it: sentences, none where all is well. */
export function whyTexts(detail: DeliveryDetail, words: Words): string[] {
  const { status, reason } = detail;
  if (status === 'Succeeded') return [];
  const why = reason === null ? '' : words(`webhook-log-tab.reason.${reason}`);
  return [why, whatHappened(detail), adviceText(detail, words)].filter((text) => text !== '');
}

/** A status code and the response tell more than words about them. */
function whatHappened({ reasonText, attemptLog }: DeliveryDetail): string {
  const last = attemptLog.at(-1);
  return last?.statusCode == null ? (reasonText ?? last?.error ?? '') : '';
}

function adviceText(detail: DeliveryDetail, words: Words): string {
  const advice = adviceFor(detail);
  if (advice === undefined) return '';
  const then = detail.status === 'Failed' ? 'resend' : 'retried';
  return `${words(`webhook-log-tab.advice.${advice}`)} ${words(`webhook-log-tab.then.${then}`)}`;
}
