/** Hosts whose URLs are the credential: whoever has one can post. */
const SECRET_HOSTS: readonly RegExp[] = [
  /^hooks\.slack\.com$/,
  /(?:^|\.)webhook\.office\.com$/,
  /(?:^|\.)logic\.azure\.com$/,
  /(?:^|\.)powerautomate\.com$/,
  /(?:^|\.)powerplatform\.com$/,
  /^hooks\.zapier\.com$/,
  /^hook\.(?:.+\.)?make\.com$/,
];
const DISCORD = /^(?:[a-z]+\.)?discord(?:app)?\.com$/;

const parse = (text: string): URL | undefined => {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
};

/** Whether a URL is itself a secret: a path at a host known for that. Its mere origin is not. */
export function isSecretUrl(text: string): boolean {
  const url = parse(text);
  if (!url || (url.pathname === '/' && url.search === '')) return false;
  const { hostname, pathname } = url;
  if (DISCORD.test(hostname)) return pathname.startsWith('/api/webhooks');
  return SECRET_HOSTS.some((host) => host.test(hostname));
}

/** Whether a text is no more than the origin of a host whose URLs are secrets: the rest of it is missing, or is stored apart. */
export function isSecretOrigin(text: string): boolean {
  const url = parse(text);
  return url?.pathname === '/' && url.search === '' && isSecretUrl(`${url.origin}/any`);
}
