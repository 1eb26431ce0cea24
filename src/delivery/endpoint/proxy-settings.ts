import { Secret } from '../../platform/secret.ts';

/** An HTTP proxy as the host keeps it. */
export interface ProxyValues {
  readonly url?: string | undefined;
  /** Hosts that are called without it: `host`, `host:port`, `.below.example`, `*.below.example`, `*` = all. */
  readonly noProxy?: readonly string[] | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Through whom requests go. */
export interface ProxySettings {
  /** Without user name, password and path. */
  readonly url: URL;
  readonly noProxy: readonly string[];
  /** The value of `Proxy-Authorization`; undefined = none is sent. */
  readonly authorization: Secret | undefined;
  /** The same for equal values. */
  readonly fingerprint: Secret;
}

export type ParsedProxy =
  | { readonly kind: 'valid'; readonly proxy: ProxySettings }
  /** What a person must change, in words without any of the values. */
  | { readonly kind: 'invalid'; readonly message: string };

/** Checks an HTTP proxy. User name and password may stand in its URL too. */
export function parseProxy({ url: text = '', noProxy = [], ...given }: ProxyValues): ParsedProxy {
  const url = parseUrl(text.trim());
  if (!url) return invalid(NOT_HTTP);
  const login = given.username || given.password ? given : loginOf(url);
  if (!login) return invalid('the user name or password in its URL has a % that begins no code.');
  if (login.username?.includes(':')) return invalid('its user name has a colon.');
  return { kind: 'valid', proxy: makeProxy(new URL(url.origin), noProxy, basic(login)) };
}

interface Login {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

const NOT_HTTP = 'its URL must begin with http:// or https://.';

const invalid = (reason: string): ParsedProxy => ({
  kind: 'invalid',
  message: `The proxy cannot be used: ${reason}`,
});

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

function loginOf({ username, password }: URL): Login | undefined {
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/** RFC 7617, in UTF-8; undefined without a login. */
function basic({ username = '', password = '' }: Login): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function makeProxy(url: URL, entries: readonly string[], authorization: string | undefined): ProxySettings {
  const noProxy = entries.flatMap((one) => one.split(/[\s,]+/)).filter((name) => name !== '');
  return {
    url,
    noProxy,
    authorization: authorization === undefined ? undefined : new Secret(authorization),
    fingerprint: new Secret(JSON.stringify([url.href, noProxy, authorization])),
  };
}
