/** What a request is for. */
export interface RequestTarget {
  /** Scheme and host where the target names them before the path, as to a proxy. */
  readonly origin: string | undefined;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Without the query. */
  readonly path: string;
  /** The query without its question mark. */
  readonly search: string;
}

const SCHEME_AND_HOST = /^https?:\/\/[^/?#]*/i;

/** The parts of a request's target, also of one that names scheme and host, as to a proxy (RFC 9112, 3.2.2). */
export function parseTarget(url: string): RequestTarget {
  const origin = url.startsWith('/') ? undefined : SCHEME_AND_HOST.exec(url)?.[0];
  const target = url.slice(origin?.length ?? 0);
  const mark = target.indexOf('?');
  return mark < 0
    ? { origin, target, path: target, search: '' }
    : { origin, target, path: target.slice(0, mark), search: target.slice(mark + 1) };
}
