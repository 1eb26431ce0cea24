import type { RequestHeaders } from '../signature/scheme.ts';
import type { SigningSecret } from '../signature/signing-secret.ts';
import type { Header } from './header.ts';
import type { TransportRequest } from './transport.ts';

/**
 * The headers that sign a request, which is complete but for them: its bytes, method, URL and headers as they go out. `id` is the
 * same for all attempts, `now` (epoch ms) is this one's. Throws HOOK_SIGNATURE_IMPOSSIBLE where the scheme cannot sign it.
 */
export function signRequest(
  signer: SigningSecret,
  { method, url, headers, body = new Uint8Array() }: TransportRequest,
  { id, now }: { readonly id: string; readonly now: number },
): Header[] {
  const message = { bytes: body, id, method, url: calledUrl(url), headers: joinHeaders(headers) };
  return Object.entries(signer.sign(message, now));
}

/** Not `href`, in which an empty query keeps its question mark: it is not sent. */
const calledUrl = ({ origin, pathname, search }: URL): string => `${origin}${pathname}${search}`;

function joinHeaders(headers: readonly Header[]): RequestHeaders {
  const joined: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    joined[key] = joined[key] === undefined ? value : `${joined[key]}, ${value}`;
  }
  return joined;
}
