import {
  CIO_PULSE,
  NO_RETRY,
  STANDARD_WEBHOOKS,
  parseRetryDelays,
  type RetryPolicy,
} from '../../../src/delivery/retry-policy.ts';

const UNITS = [
  { unit: 'day', ms: 86_400_000, from: 172_800_000 },
  { unit: 'hour', ms: 3_600_000, from: 7_200_000 },
  { unit: 'minute', ms: 60_000, from: 120_000 },
  { unit: 'second', ms: 1000, from: 0 },
] as const;

/** The longest unit that gives a number a person can picture: 75 minutes and not 1.25 hours, but 1 hour and not 60 minutes. */
const unitOf = (ms: number): (typeof UNITS)[number] =>
  UNITS.find((unit) => ms >= unit.from || ms === unit.ms) ?? UNITS[3];

/** A duration in words, such as "40 minutes". */
export function durationWords(ms: number, language: string): string {
  const { unit, ms: unitMs } = unitOf(ms);
  const format = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, format).format(ms / unitMs);
}

/** Delays in words, such as "5, 10, 20, and 40 minutes": a unit that all share is said once. */
export function delayWords(delaysMs: readonly number[], language: string): string {
  const isShared = new Set(delaysMs.map(unitOf)).size === 1;
  const words = delaysMs.map((ms, index) =>
    isShared && index < delaysMs.length - 1
      ? new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(ms / unitOf(ms).ms)
      : durationWords(ms, language),
  );
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** The retry policy that a dialog's choice means; undefined if the list of delays is not one. */
export function retryPolicyOf(retry: string, delays: string): RetryPolicy | undefined {
  if (retry === 'custom') return parseRetryDelays(delays);
  if (retry === 'standard-webhooks') return STANDARD_WEBHOOKS;
  return retry === 'none' ? NO_RETRY : CIO_PULSE;
}

/** Looks up a sentence and fills in its values. */
type Sentences = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What a retry policy does, in a sentence. */
export function describeRetry(policy: RetryPolicy, words: Sentences, language: string): string {
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
