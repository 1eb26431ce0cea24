import { SettingsCheck, type SettingProblem } from '../platform/settings-check.ts';
import { parseUtcTime } from '../platform/utc-time.ts';
import { parseGeneric } from './generic-settings.ts';
import { isSchemeId, type SchemeId } from './scheme-facts.ts';
import type { KeyName, SignatureScheme, SigningKey } from './scheme.ts';
import { generic } from './schemes/generic.ts';
import { PRESETS } from './schemes/schemes.ts';
import { SigningSecret } from './signing-secret.ts';
import type { SigningSecretCheck, SigningSecretSettings } from './signing-secret-check.ts';

export type { SigningCredential, SigningSecretSettings } from './signing-secret-check.ts';

export interface InvalidSigningSecret {
  readonly kind: 'invalid';
  readonly id: string;
  readonly problems: readonly SettingProblem[];
}

export type ParsedSigningSecret =
  { readonly kind: 'valid'; readonly secret: SigningSecret } | InvalidSigningSecret;

/** Checks a signing secret's settings. Everything that is wrong is listed; no problem repeats a secret. */
export function parseSigningSecret(settings: SigningSecretSettings): ParsedSigningSecret {
  const { id } = settings;
  const check: SigningSecretCheck = new SettingsCheck(settings);
  const schemeId = parseSchemeId(check);
  const scheme = schemeId && (schemeId === 'generic' ? generic(parseGeneric(check)) : PRESETS[schemeId]);
  const current = scheme && parseKey(check, scheme, 'current');
  const previous = scheme && parseKey(check, scheme, 'previous');
  const rest = {
    id,
    name: check.text('name'),
    previousUntil: parsePreviousUntil(check),
    toleranceMs: parseTolerance(check),
    publicUrl: parsePublicUrl(check),
  };
  const { problems } = check;
  if (problems.length > 0 || !schemeId || !scheme || !current) return { kind: 'invalid', id, problems };
  return {
    kind: 'valid',
    secret: new SigningSecret({ ...rest, schemeId, scheme, current, previous }),
  };
}

function parseSchemeId(check: SigningSecretCheck): SchemeId | undefined {
  const text = check.text('scheme');
  if (isSchemeId(text)) return text;
  check.report('scheme', text === '' ? 'It is empty.' : 'It is none that is known.');
  return undefined;
}

const CREDENTIALS = { current: 'secret', previous: 'previousSecret' } as const;

/** The key; without a previous secret there is none, without a current one that is a problem. */
function parseKey(check: SigningSecretCheck, scheme: SignatureScheme, name: KeyName): SigningKey | undefined {
  const credential = CREDENTIALS[name];
  const text = check.credential(credential).trim();
  if (text === '') {
    if (name === 'current')
      check.report('credentials', 'The secret is missing, as after an import. Open it and enter the secret.');
    return undefined;
  }
  const key = scheme.readKey(text);
  if (!('fault' in key)) return { name, key };
  check.report('credentials', `${name === 'current' ? 'Secret' : 'Previous secret'}: ${key.fault}`);
  return undefined;
}

const DAY_MS = 86_400_000;

/** A date alone counts to its end. */
function parsePreviousUntil(check: SigningSecretCheck): number {
  const text = check.text('previousUntil');
  if (text === '') return Infinity;
  const at = parseUtcTime(text);
  if (at === undefined) check.report('previousUntil', 'It must be a date such as 2026-12-31.');
  return (at ?? 0) + (/^\d{4}-\d\d-\d\d$/.test(text) ? DAY_MS : 0);
}

/** A year: longer protects from nothing. */
const MOST_TOLERANCE_S = 366 * 86_400;

function parseTolerance(check: SigningSecretCheck): number {
  const seconds = check.count('tolerance', { fallback: 300, least: 0, most: MOST_TOLERANCE_S });
  return seconds === 0 ? Infinity : seconds * 1000;
}

function parsePublicUrl(check: SigningSecretCheck): string | undefined {
  const text = check.text('publicUrl');
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Not its `search` and `hash`, which are empty for a mark with nothing behind it.
  const isBase = url && /^https?:$/.test(url.protocol) && !/[?#]/.test(text);
  if (isBase && url.username === '' && url.password === '') return text.replace(/\/+$/, '');
  check.report('publicUrl', 'It must begin with https:// or http://, and have no query and no user name.');
  return undefined;
}
