import type { SettingsCheck } from '../platform/settings-check.ts';

/** A signing secret's settings as a flow holds them, with its credentials. All may be missing or wrong. */
export interface SigningSecretSettings {
  readonly id: string;
  readonly name?: string;
  readonly scheme?: string;
  /** Seconds; 0 = not looked at. */
  readonly tolerance?: string | number;
  readonly previousUntil?: string;
  readonly publicUrl?: string;
  readonly algorithm?: string;
  readonly encoding?: string;
  readonly header?: string;
  readonly prefix?: string;
  readonly template?: string;
  readonly timestampHeader?: string;
  readonly idHeader?: string;
  readonly keyEncoding?: string;
  readonly credentials?: Readonly<Partial<Record<SigningCredential, string>>>;
}

export type SigningCredential = 'secret' | 'previousSecret';

/** Reads a signing secret's settings and gathers what is wrong with them. */
export type SigningSecretCheck = SettingsCheck<SigningSecretSettings>;
