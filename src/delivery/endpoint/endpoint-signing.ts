import type { SettingProblem } from '../../platform/settings-check.ts';
import type { SigningSecret } from '../../signature/signing-secret.ts';
import type { SigningSecretDirectory } from '../../signature/signing-secret-directory.ts';
import { authHeaderName } from './endpoint-auth.ts';
import type { CheckedEndpoint } from './endpoint.ts';

/** What signs an endpoint's deliveries, or what is wrong with the secret that it names for it. */
export type FoundSigner =
  | { readonly kind: 'valid'; readonly signer: SigningSecret | undefined }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingProblem[] };

/** Finds the secret that an endpoint names. Without it, or if it cannot sign, nothing is sent unsigned instead. */
export function findSigner(endpoint: CheckedEndpoint, secrets: SigningSecretDirectory): FoundSigner {
  if (endpoint.signing === undefined) return { kind: 'valid', signer: undefined };
  const signer = secrets.find(endpoint.signing);
  const problem = signer ? findProblem(endpoint, signer) : SECRET_MISSING;
  if (problem === undefined) return { kind: 'valid', signer };
  return { kind: 'invalid', problems: [{ setting: 'signing', message: problem }] };
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
