import {
  CIO_PULSE,
  NO_RETRY,
  STANDARD_WEBHOOKS,
  parseRetryDelays,
  type RetryPolicy,
} from '../../../src/delivery/retry-policy.ts';
import { toText } from './validators.ts';

const UNITS = [
  { unit: 'day', ms: 86_400_000, from: 172_800_000 },
  { unit: 'hour', ms: 3_600_000, from: 7_200_000 },
  { unit: 'minute', ms: 60_000, from: 60_000 },
  { unit: 'second', ms: 1000, from: 0 },
] as const;

/** The longest unit that gives a number a person can picture: 75 minutes, not 1.25 hours. */
const unitOf = (ms: number): (typeof UNITS)[number] => UNITS.find(({ from }) => ms >= from) ?? UNITS[3];

/** A duration in words, such as "40 minutes". */
export function durationWords(ms: number, language: string): string {
  const { unit, ms: unitMs } = unitOf(ms);
  const format = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, format).format(ms / unitMs);
}

/** Delays in words, such as "5, 10, 20, and 40 minutes": a unit is said once where it does not change. */
export function delayWords(delaysMs: readonly number[], language: string): string {
  const words = delaysMs.map((ms, index) => {
    const next = delaysMs[index + 1];
    if (next === undefined || unitOf(next) !== unitOf(ms)) return durationWords(ms, language);
    return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / unitOf(ms).ms);
  });
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** The retry policy that a dialog's choice means; undefined if the list of delays is not one. */
export function retryPolicyOf(retry: string, delays: string): RetryPolicy | undefined {
  if (retry === 'custom') return parseRetryDelays(delays);
  if (retry === 'standard-webhooks') return STANDARD_WEBHOOKS;
  return retry === 'none' ? NO_RETRY : CIO_PULSE;
}

/** What a retry policy does, in a sentence. */
export function describeRetry(policy: RetryPolicy, words: Words, language: string): string {
  const { delaysMs, jitter } = policy;
  if (delaysMs.length === 0) return words('webhook-endpoint.preview.once');
  const total = delaysMs.reduce((sum, ms) => sum + ms, 0);
  const sentence = words('webhook-endpoint.preview.schedule', {
    delays: delayWords(delaysMs, language),
    attempts: delaysMs.length + 1,
    total: durationWords(total, language),
  });
  return jitter > 0 ? `${sentence} ${words('webhook-endpoint.preview.jitter')}` : sentence;
}

interface PreviewParts {
  retry: JQuery;
  delays: JQuery;
  preview: JQuery;
}

/** Keeps the sentence beneath the choice of a retry policy true. */
export function retryPreview({ retry, delays, preview }: PreviewParts, words: Words): void {
  const update = (): void => {
    const policy = retryPolicyOf(toText(retry.val()), toText(delays.val()));
    preview.text(
      policy ? describeRetry(policy, words, RED.i18n.lang()) : words('webhook-endpoint.error.retryDelays'),
    );
  };
  retry.on('change', update);
  delays.on('change keyup', update);
  update();
}
