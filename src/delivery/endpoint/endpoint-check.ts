import type { ReadEnv } from '../event-tags.ts';
import type { EndpointFilter } from './endpoint.ts';
import { SettingsCheck, textOf, type SettingProblem } from '../../platform/settings-check.ts';

/** An endpoint's settings as a flow holds them, with its credentials. All may be missing or wrong. */
export interface EndpointSettings {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: readonly { readonly name?: string; readonly value?: string }[];
  readonly auth?: string;
  readonly authHeader?: string;
  /** The id of a signing secret; empty or absent = unsigned, anything else is never taken for that. */
  readonly signing?: unknown;
  readonly network?: string;
  /** Networks (CIDR) and hosts, parted by commas or lines. */
  readonly allow?: string;
  /** The id of a TLS configuration; empty or absent = none, anything else is never taken for that. */
  readonly tls?: unknown;
  /** The id of a proxy; empty or absent = none, anything else is never taken for that. */
  readonly proxy?: unknown;
  readonly timeout?: string | number;
  readonly success?: string;
  readonly retry?: string;
  readonly retryDelays?: string;
  readonly retryOn?: string;
  readonly concurrency?: string | number;
  /** Absent = no limit. */
  readonly ratePerSecond?: unknown;
  /** Absent = false. */
  readonly ordered?: unknown;
  readonly maxPending?: string | number;
  readonly expireAfter?: string;
  readonly enabled?: boolean;
  /** Absent = true with the retry policy `standard-webhooks`, else false. */
  readonly circuit?: unknown;
  /** Absent = false. */
  readonly requireTestFire?: unknown;
  /** Made of the setting, or what is wrong with it; undefined = the endpoint is for every message. */
  readonly filter?: EndpointFilter | Error | undefined;
  /** Reads a variable as it is at that moment; without it no variable has a value. */
  readonly readEnv?: ReadEnv;
  readonly credentials?: Readonly<Partial<Record<EndpointCredential, string>>>;
}

export type EndpointCredential = 'secretUrl' | 'username' | 'password' | 'token' | 'headerValue';

/** A setting of an endpoint that a person must change. */
export type EndpointProblem = SettingProblem;

/** Reads an endpoint's settings and gathers what is wrong with them. */
export class EndpointCheck extends SettingsCheck<EndpointSettings> {
  /** A setting that is true or false. */
  isOn(name: 'ordered' | 'circuit' | 'requireTestFire', fallback: boolean): boolean {
    const { [name]: setting = fallback } = this.settings;
    if (typeof setting !== 'boolean') this.report(name, 'It must be true or false.');
    return setting === true;
  }

  /** The headers; rows that are wholly empty are none. */
  headers(): { name: string; value: string }[] {
    const rows: unknown = this.settings.headers ?? [];
    if (!Array.isArray(rows)) {
      this.report('headers', 'It must be a list of names and values.');
      return [];
    }
    return rows.map(headerOf).filter(({ name, value }) => name !== '' || value !== '');
  }
}

function headerOf(row: unknown): { name: string; value: string } {
  const { name, value } = (row ?? {}) as { name?: unknown; value?: unknown };
  return { name: textOf(name).trim(), value: textOf(value) };
}
