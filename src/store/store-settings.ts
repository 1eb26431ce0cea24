import { RETENTION_NAMES, readRetention, type RetentionSettings } from '../delivery/retention-settings.ts';
import type { RetentionLimits } from '../delivery/retention-limits.ts';
import { Secret } from '../platform/secret.ts';
import { SettingsCheck, textOf, type SettingProblem } from '../platform/settings-check.ts';
import { isMetricsToken, SHORTEST_METRICS_TOKEN } from './metrics-token.ts';

/** The settings of a store as a flow holds them. */
export interface StoreSettings extends RetentionSettings {
  readonly file?: string;
  readonly credentials?: { readonly metricsToken?: string };
}

/** A store as its settings say. */
export interface ParsedStore {
  /** Empty where none is named. */
  readonly file: string;
  /** Undefined where a limit cannot be read: nothing is deleted on a guess. */
  readonly retention: RetentionLimits | undefined;
  /** Who shows it may read the metrics; undefined = there is none. */
  readonly metricsToken: Secret | undefined;
  readonly problems: readonly SettingProblem[];
}

/**
 * Reads a store's settings. Everything that is wrong is listed, not only the first. `written` has them as the flow holds them, where
 * variables of the environment were filled in.
 */
export function parseStore(settings: StoreSettings, written: StoreSettings = settings): ParsedStore {
  const check = new SettingsCheck(settings);
  const retention = readRetention(check);
  for (const limit of RETENTION_NAMES)
    if (check.text(limit) === '' && textOf(written[limit]).trim() !== '')
      check.report(limit, 'The variable that it names has no value, so nothing is deleted.');
  const isRetentionRead = check.problems.length === 0;
  return {
    file: check.text('file'),
    retention: isRetentionRead ? retention : undefined,
    metricsToken: readToken(check),
    problems: check.problems,
  };
}

function readToken(check: SettingsCheck<StoreSettings>): Secret | undefined {
  const token = check.credential('metricsToken').trim();
  if (token === '') return undefined;
  if (isMetricsToken(token)) return new Secret(token);
  check.report(
    'credentials',
    `The metrics token must have at least ${SHORTEST_METRICS_TOKEN} characters: letters, digits and -._~+/ only.`,
  );
  return undefined;
}
