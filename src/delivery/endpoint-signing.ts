import type { SigningSecret } from '../signature/signing-secret.ts';
import type { SigningSecretDirectory } from '../signature/signing-secret-directory.ts';
import { authHeaderName } from './endpoint-auth.ts';
import type { InvalidEndpoint, ParsedEndpoint } from './endpoint-settings.ts';
import type { CheckedEndpoint, Endpoint } from './endpoint.ts';

/** An endpoint of the flows that run, or what is wrong with it. */
export type EndpointEntry = { readonly kind: 'valid'; readonly endpoint: Endpoint } | InvalidEndpoint;

/** Gives an endpoint the secret that it names. One that cannot sign is invalid: nothing is sent unsigned instead. */
export function withSigner(parsed: ParsedEndpoint, secrets: SigningSecretDirectory): EndpointEntry {
  if (parsed.kind === 'invalid') return parsed;
  const { endpoint } = parsed;
  if (endpoint.signing === undefined) return { kind: 'valid', endpoint: { ...endpoint, signer: undefined } };
  const signer = secrets.find(endpoint.signing);
  const problem = signer ? findProblem(endpoint, signer) : SECRET_MISSING;
  if (problem === undefined) return { kind: 'valid', endpoint: { ...endpoint, signer } };
  const { id, name } = endpoint;
  return { kind: 'invalid', id, name, problems: [{ setting: 'signing', message: problem }] };
}

const SECRET_MISSING =
  'The signing secret is not in the flows, or its settings are wrong, or the secret is missing, as after an import. ' +
  'Open it beside "Sign with"; nothing is sent unsigned instead.';

/** Why the secret can never sign the endpoint's deliveries, in words for people; undefined = it can. */
function findProblem(endpoint: CheckedEndpoint, signer: SigningSecret): string | undefined {
  const { method, contentType, auth, headers } = endpoint;
  const names = signer.headerNames.map((name) => name.toLowerCase());
  if (names.includes(authHeaderName(auth)?.toLowerCase() ?? ''))
    return 'The authentication sets a header that the signature sets too.';
  const own = headers.findIndex(([name]) => names.includes(name.toLowerCase()));
  if (own >= 0) return `Header ${own + 1} is set by the signature too.`;
  return signer.findObstacle(method === 'GET' || method === 'DELETE' ? 'none' : contentType);
}
