import type { SigningSecretDirectory } from '../../signature/signing-secret-directory.ts';
import type { FoundRoute } from './endpoint-route.ts';
import { findSigner } from './endpoint-signing.ts';
import type { InvalidEndpoint, ParsedEndpoint } from './endpoint-settings.ts';
import type { Endpoint } from './endpoint.ts';

/** An endpoint of the flows that run, or what is wrong with it. */
export type EndpointEntry = { readonly kind: 'valid'; readonly endpoint: Endpoint } | InvalidEndpoint;

/** Makes of an endpoint's settings, its route and the secrets what an attempt needs. */
export function makeEntry(
  parsed: ParsedEndpoint,
  found: FoundRoute,
  secrets: SigningSecretDirectory,
): EndpointEntry {
  if (parsed.kind === 'invalid') return parsed;
  const { endpoint } = parsed;
  const signing = findSigner(endpoint, secrets);
  if (signing.kind === 'valid' && found.kind === 'valid')
    return { kind: 'valid', endpoint: { ...endpoint, signer: signing.signer, route: found.route } };
  const problems = [signing, found].flatMap((part) => (part.kind === 'invalid' ? part.problems : []));
  return { kind: 'invalid', id: endpoint.id, name: endpoint.name, problems };
}
