import { SigningSecretDirectory } from '../../src/signature/signing-secret-directory.ts';
import {
  parseSigningSecret,
  type SigningSecretSettings,
} from '../../src/signature/signing-secret-settings.ts';
import type { SigningSecret } from '../../src/signature/signing-secret.ts';
import type { SchemeId } from '../../src/signature/scheme-facts.ts';
import type { FlowNode } from './node-red.ts';

/** Secrets of Standard Webhooks; the first one is published in its specification. */
export const WHSEC = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const OTHER_WHSEC = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

/** A signing secret's settings; Standard Webhooks as given but for that. */
export const secretSettings = (settings: Partial<SigningSecretSettings> = {}): SigningSecretSettings => ({
  id: 'secret',
  scheme: 'standard-webhooks',
  credentials: { secret: WHSEC },
  ...settings,
});

/** A signing secret from settings, which must be valid. */
export function aSigningSecret(settings: Partial<SigningSecretSettings> = {}): SigningSecret {
  const parsed = parseSigningSecret(secretSettings(settings));
  if (parsed.kind === 'valid') return parsed.secret;
  throw new Error(parsed.problems.map(({ setting, message }) => `${setting}: ${message}`).join(' '));
}

/** A directory with these secrets; one of Standard Webhooks with the id `secret` if none is given. */
export function secretDirectory(...all: readonly Partial<SigningSecretSettings>[]): SigningSecretDirectory {
  const directory = new SigningSecretDirectory();
  for (const settings of all.length > 0 ? all : [{}])
    directory.set({ kind: 'valid', secret: aSigningSecret(settings) });
  return directory;
}

/** A signing secret as it stands in a flow. */
export const secretNode = (id: string, scheme: SchemeId, settings: object = {}): FlowNode => ({
  id,
  type: 'signing-secret',
  name: '',
  scheme,
  ...settings,
});
