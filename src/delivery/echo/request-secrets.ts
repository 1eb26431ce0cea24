import { MASK } from '../../platform/masking.ts';
import type { FormedRequest } from '../attempt.ts';
import type { Endpoint, EndpointAuth } from '../endpoint/endpoint.ts';

/**
 * The texts that a request carries and nobody may see, for masking what its receiver sends back. `open` are values of headers that are
 * not the endpoint's.
 */
export function requestSecrets(
  { request, masked }: FormedRequest,
  { auth, url, route }: Endpoint,
  open: readonly string[],
): string[] {
  const headers = request.headers.flatMap(([, value], index) =>
    masked.headers[index]?.[1] === MASK && !open.includes(value) ? [value] : [],
  );
  const login = route.proxy?.authorization?.reveal();
  return [
    ...authSecrets(auth),
    ...[...headers, ...(login === undefined ? [] : [login])].flatMap(withoutScheme),
    ...urlSecrets(request.url, masked.url, url.isSecret),
  ];
}

/** A value, and what stands in it behind a word such as `Bearer`. */
const withoutScheme = (value: string): string[] => [value, value.slice(value.indexOf(' ') + 1)];

/** The user name too: for many services it is the key, and the password means nothing. */
function authSecrets(auth: EndpointAuth): string[] {
  switch (auth.kind) {
    case 'none':
      return [];
    case 'basic': {
      const pair = `${auth.username}:${auth.password.reveal()}`;
      return [auth.username, auth.password.reveal(), pair, Buffer.from(pair, 'utf8').toString('base64')];
    }
    case 'bearer':
      return [auth.token.reveal()];
    case 'header':
      return [auth.value.reveal()];
  }
}

/** What is not shown of the URL: of its path what the environment has, or all of it where it is the credential, and every value of its query. */
function urlSecrets(url: URL, shown: string, isSecret: boolean): string[] {
  const shownSegments = new Set(isSecret ? [] : new URL(shown).pathname.split('/'));
  const segments = url.pathname.split('/').filter((segment) => !shownSegments.has(segment));
  const values = [...url.searchParams.values(), ...rawValues(url.search)];
  return [
    ...(isSecret ? [`${url.pathname}${url.search}`, url.pathname] : []),
    ...[...segments, ...values].flatMap((text) => [text, decoded(text)]),
  ];
}

const rawValues = (search: string): string[] =>
  search
    .slice(1)
    .split('&')
    .map((parameter) => parameter.slice(parameter.indexOf('=') + 1));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
