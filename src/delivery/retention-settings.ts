import { parseByteSize } from '../platform/byte-size.ts';
import type { SettingsCheck } from '../platform/settings-check.ts';
import type { RetentionLimits } from './retention-limits.ts';

/** The settings of retention as a flow holds them. */
export interface RetentionSettings {
  readonly retentionDays?: number | string;
  readonly retentionRows?: number | string;
  readonly retentionBytes?: number | string;
  readonly credentials?: Readonly<Record<string, string | undefined>>;
}

/** The settings that are limits. */
export const RETENTION_NAMES = ['retentionDays', 'retentionRows', 'retentionBytes'] as const;

const DAY_MS = 86_400_000;
/** Ten years. */
const MOST_DAYS = 3650;
const MOST_ROWS = 999_999_999;
const USUAL_BYTES = '2gb';
/** Less is a unit that was forgotten, and would leave nothing of the log: 2 for 2gb. */
const LEAST_BYTES = 1024 ** 2;

/** Reads the limits, of which 0 is none, and reports what is wrong with them. One that is empty or missing is the usual one. */
export function readRetention(check: SettingsCheck<RetentionSettings>): RetentionLimits {
  const days = check.count('retentionDays', { fallback: 30, least: 0, most: MOST_DAYS });
  const rows = check.count('retentionRows', { fallback: 1_000_000, least: 0, most: MOST_ROWS });
  return {
    ageMs: days === 0 ? undefined : days * DAY_MS,
    count: rows === 0 ? undefined : rows,
    bytes: readBytes(check),
  };
}

/** Whether a text can be `retentionBytes`. */
export const isRetentionBytes = (text: string): boolean =>
  isNone(text) || (parseByteSize(text) ?? 0) >= LEAST_BYTES;

function readBytes(check: SettingsCheck<RetentionSettings>): number | undefined {
  const text = check.text('retentionBytes') || USUAL_BYTES;
  if (!isRetentionBytes(text))
    check.report('retentionBytes', 'It must be a size such as 500mb or 2gb, at least 1mb, or 0.');
  return isNone(text) ? undefined : parseByteSize(text);
}

const isNone = (text: string): boolean => /^\s*0+\s*(?:b|kb|mb|gb)?\s*$/i.test(text);
