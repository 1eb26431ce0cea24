import { isSecretName } from '../../platform/masking.ts';
import { isEnvTag, plainText, tagsOf } from '../../template/dynamic-tags.ts';
import type { Endpoint, EndpointAuth } from '../endpoint/endpoint.ts';
import { echoMask, type EchoMask } from './mask-echo.ts';
import { RESPONSE_BODY_BYTES, type TransportResult } from '../transport.ts';

/** A shorter text stands in answers by chance, and flows read those. */
const SHORTEST_CREDENTIAL = 8;

const masks = new WeakMap<Endpoint, { readonly credentials: string; readonly mask: EchoMask }>();

/**
 * What came back, with the endpoint's credentials masked wherever the receiver repeats them, as a service that echoes requests does,
 * and many a page of errors: answers are stored, shown and told to flows. `url` = what was called. Values of the environment are
 * credentials too; a value of the URL's query is one where its name says so, and other values come back for good reasons.
 */
export function maskAnswer(result: TransportResult, endpoint: Endpoint, url: URL): TransportResult {
  if (result.kind === 'error') return result;
  const mask = maskFor(endpoint, url);
  if (!mask) return result;
  const { headers, body, isBodyCut } = result;
  const text = body.toString('utf8');
  const masked = mask(text, isBodyCut);
  return {
    ...result,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, maskValue(value, mask)]),
    ),
    // What holds none is left as it is, byte by byte.
    body: masked === text ? body : Buffer.from(masked, 'utf8').subarray(0, RESPONSE_BODY_BYTES),
  };
}

const maskValue = (value: string | string[], mask: EchoMask): string | string[] =>
  Array.isArray(value) ? value.map((one) => mask(one, false)) : mask(value, false);

/**
 * Undefined where there is nothing to mask. Made once for the same credentials: it takes longer to make than most answers take to be
 * masked.
 */
function maskFor(endpoint: Endpoint, url: URL): EchoMask | undefined {
  const all = [
    ...authCredentials(endpoint.auth),
    ...urlCredentials(url, endpoint),
    ...headerCredentials(endpoint),
  ].filter(({ length }) => length >= SHORTEST_CREDENTIAL);
  if (all.length === 0) return undefined;
  const credentials = JSON.stringify(all);
  const known = masks.get(endpoint);
  if (known?.credentials === credentials) return known.mask;
  const mask = echoMask(all);
  masks.set(endpoint, { credentials, mask });
  return mask;
}

function authCredentials(auth: EndpointAuth): string[] {
  switch (auth.kind) {
    case 'none':
      return [];
    case 'basic': {
      const pair = `${auth.username}:${auth.password.reveal()}`;
      return [auth.password.reveal(), Buffer.from(pair, 'utf8').toString('base64')];
    }
    case 'bearer':
      return [auth.token.reveal()];
    case 'header':
      return [auth.value.reveal()];
  }
}

function urlCredentials({ pathname, search, searchParams }: URL, { url, readEnv }: Endpoint): string[] {
  const env = url.tags.filter(isEnvTag).map(([, ...names]) => plainText(readEnv(names.join('.'))));
  if (url.isSecret) return [...env, pathname + search, pathname, ...searchParams.values()];
  return [...env, ...[...searchParams].flatMap(([name, value]) => parameterCredentials(name, value))];
}

/** A parameter without a value is all value. */
function parameterCredentials(name: string, value: string): string[] {
  if (value === '') return [name];
  return isSecretName(name) ? [value] : [];
}

/** Of the headers that an endpoint sets itself: those with a name that says so, and what the environment has. */
const headerCredentials = ({ headers, readEnv }: Endpoint): string[] =>
  headers.flatMap(([name, template]) => {
    const tags = tagsOf(template);
    const env = tags.filter(isEnvTag).map(([, ...names]) => plainText(readEnv(names.join('.'))));
    const [literal] = template;
    return tags.length === 0 && typeof literal === 'string' && isSecretName(name) ? [literal.trim()] : env;
  });
