import { isSecretName, MASK } from '../../platform/masking.ts';
import type { ShownHeader } from './interaction.ts';

/** Headers whose names only look as if they held a secret, or hold the time of a signature. */
const OPEN_HEADER = /^(?:x-)?idempotency-key$|^access-control-|^www-authenticate$|timestamp$/i;
const SCHEME = /^(basic|bearer|digest|apikey|token) +\S/i;
const USER_INFO = /\/\/[^\s/?#@]*@/g;
const PARAMETER = /([?&;#][^\s=&;#?]+)=([^\s&;#]*)/g;
/**
 * What is a secret wherever it stands: keys of hooks, and JSON Web Tokens. What stands before a token is looked at, or 64 KB of its
 * beginnings would be gone through from each of them: seconds, measured.
 */
const KNOWN_SECRET = /shk_[\w-]{20,}|(?:(?<![\w-])|(?<=%[\da-fA-F]{2}))eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;

/** Longer than any header needs to be to be understood: an answer's may hold anything. */
const MOST_HEADER_LETTERS = 2048;
const MOST_HEADERS = 100;

/** Path and query of a request, with the values of parameters masked that look as if they were secrets. */
export const maskTarget = (target: string): string =>
  maskText(target).replaceAll(PARAMETER, (all, name: string, value: string) =>
    isSecretName(decode(name.slice(1))) || SCHEME.test(decode(value)) ? `${name}=${MASK}` : all,
  );

/** A text of any kind without what is a secret wherever it stands. */
export const maskText = (text: string): string => text.replaceAll(KNOWN_SECRET, MASK);

/**
 * Headers as they may be shown. Masked are `credentialNames` and those whose names say that they are secret; of an `Authorization`
 * its scheme is left, as senders take the wrong one.
 */
export function maskHeaders(
  headers: readonly ShownHeader[],
  credentialNames: readonly string[],
): readonly ShownHeader[] {
  const named = new Set(credentialNames.map((name) => name.toLowerCase()));
  return headers.slice(0, MOST_HEADERS).map(([name, value]) => {
    const isSecret = named.has(name.toLowerCase()) || (isSecretName(name) && !OPEN_HEADER.test(name));
    return [
      name,
      (isSecret ? maskSecret(name, value) : maskValue(name, value)).slice(0, MOST_HEADER_LETTERS),
    ];
  });
}

function maskSecret(name: string, value: string): string {
  const scheme = /authorization$/i.test(name) ? SCHEME.exec(value)?.[1] : undefined;
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/** Secrets in a value that need not be one, such as the URL of a page. */
function maskValue(name: string, value: string): string {
  if (OPEN_HEADER.test(name)) return maskText(value);
  return SCHEME.test(value) ? MASK : maskTarget(value.replaceAll(USER_INFO, `//${MASK}@`));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
