/** What a request is for. */
export interface RequestTarget {
  /** Without the query. */
  readonly path: string;
  /** The query without its question mark. */
  readonly search: string;
}

const SCHEME_AND_HOST = /^https?:\/\/[^/?#]*/i;

/** Path and query of a request's target, also of one that names scheme and host before them, as to a proxy (RFC 9112, 3.2.2). */
export function parseTarget(url: string): RequestTarget {
  const local = url.startsWith('/') ? url : url.replace(SCHEME_AND_HOST, '');
  const mark = local.indexOf('?');
  return mark < 0
    ? { path: local, search: '' }
    : { path: local.slice(0, mark), search: local.slice(mark + 1) };
}
