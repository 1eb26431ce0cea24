import { isSecretName, MASK } from '../../platform/masking.ts';
import type { ShownHeader } from './interaction.ts';

/** Headers whose names only look as if they held a secret, or hold the time of a signature. */
const OPEN_HEADER = /^(?:x-)?idempotency-key$|^access-control-|^www-authenticate$|timestamp$/i;
/** The id and the time that a signature covers, by any name: they tell nobody the secret. */
const SIGNED_FACT = /(?:^|[-_])(?:id|timestamp)$/i;
const SCHEME = /^(basic|bearer|digest|apikey|token) +\S/i;
const USER_INFO = /\/\/[^\s/?#@]*@/g;
const PARAMETER = /([?&;][^\s=&;#?]+)=([^\s&;#]*)/g;
const JSON_WEB_TOKEN = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;

/** Longer than any header needs to be to be understood: an answer's may hold anything. */
const MOST_HEADER_LETTERS = 4096;
const MOST_HEADERS = 200;

/** Path and query of a request, with the values of parameters masked that look as if they were secrets. */
export const maskTarget = (target: string): string =>
  target
    .replaceAll(PARAMETER, (all, name: string, value: string) =>
      isSecretName(decode(name.slice(1))) || SCHEME.test(decode(value)) ? `${name}=${MASK}` : all,
    )
    .replaceAll(JSON_WEB_TOKEN, MASK);

/**
 * Headers as they may be shown. Masked are those whose names say that they are secret, and of `credentialNames` those that do not
 * merely hold an id or a time; of an `Authorization` its scheme is left, as senders take the wrong one.
 */
export function maskHeaders(
  headers: readonly ShownHeader[],
  credentialNames: readonly string[],
): readonly ShownHeader[] {
  const named = new Set(credentialNames.map((name) => name.toLowerCase()));
  return headers.slice(0, MOST_HEADERS).map(([name, value]) => {
    const isCredential = named.has(name.toLowerCase()) && !SIGNED_FACT.test(name);
    const isSecret = isCredential || (isSecretName(name) && !OPEN_HEADER.test(name));
    return [name, (isSecret ? maskSecret(name, value) : maskWithin(value)).slice(0, MOST_HEADER_LETTERS)];
  });
}

function maskSecret(name: string, value: string): string {
  const scheme = /authorization$/i.test(name) ? SCHEME.exec(value)?.[1] : undefined;
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

/** Secrets in a value that need not be one, such as the URL of a page. */
const maskWithin = (value: string): string =>
  SCHEME.test(value) ? MASK : maskTarget(value.replaceAll(USER_INFO, `//${MASK}@`));

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
