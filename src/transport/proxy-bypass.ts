const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
/** A host, in brackets if it is an IPv6 address, and perhaps a port. */
const WITH_PORT = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/;

/**
 * Whether a URL is called without the proxy, by entries such as `host`, `host:port`, `.below.example`, `*.below.example` and `*`, which
 * are read as the core node that sends HTTP requests reads them.
 */
export function isBypassed(url: URL, noProxy: readonly string[]): boolean {
  const port = url.port || (DEFAULT_PORTS[url.protocol] ?? '');
  const host = plainHost(url.hostname);
  return noProxy.some((entry) => {
    const [, name, itsPort] = WITH_PORT.exec(entry.toLowerCase()) ?? ['', entry.toLowerCase()];
    if (!name || (itsPort !== undefined && itsPort !== port)) return false;
    return isNamed(host, name);
  });
}

function isNamed(host: string, name: string): boolean {
  if (name.startsWith('*')) return host.endsWith(name.slice(1));
  return name.startsWith('.') ? host.endsWith(name) : host === plainHost(name);
}

const plainHost = (host: string): string => host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
