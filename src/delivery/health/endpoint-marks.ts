import { keyedMark } from '../../platform/keyed-mark.ts';
import type { Endpoint, EndpointAuth } from '../endpoint/endpoint.ts';

/** What a state at run time is about, as marks. */
export interface EndpointMarks {
  /** Of the URL. */
  readonly url: string;
  /** Of the URL and the credentials. */
  readonly tested: string;
}

const made = new WeakMap<Endpoint, EndpointMarks & { readonly salt: string }>();

/** The marks of an endpoint; made once for each, as they are asked for with each delivery. */
export function marksOf(endpoint: Endpoint, salt: string): EndpointMarks {
  const known = made.get(endpoint);
  if (known?.salt === salt) return known;
  const url = endpoint.url.mark(salt);
  const marks = { salt, url, tested: keyedMark(salt, [url, ...credentialsOf(endpoint.auth)]) };
  made.set(endpoint, marks);
  return marks;
}

function credentialsOf(auth: EndpointAuth): readonly string[] {
  switch (auth.kind) {
    case 'none':
      return [auth.kind];
    case 'basic':
      return [auth.kind, auth.username, auth.password.reveal()];
    case 'bearer':
      return [auth.kind, auth.token.reveal()];
    case 'header':
      return [auth.kind, auth.name, auth.value.reveal()];
  }
}
