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

/** Hosts that answer 201 to a new ticket. */
const TICKET_HOSTS = /freshdesk|zendesk|service-now|servicenow|atlassian/;

const parse = (text: string): URL | undefined => {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
};

/** Scheme, host and port of a URL; an empty text if it is none. */
export const originOf = (text: string): string => parse(text)?.origin ?? '';

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
  return url !== undefined && url.pathname === '/' && isSecretUrl(`${url.origin}/any`);
}

/** Whether a URL belongs to a helpdesk that answers a new ticket with 201, so that "exactly 200" would make five of one. */
export const isTicketUrl = (text: string): boolean => TICKET_HOSTS.test(parse(text)?.hostname ?? '');

/** Whether deliveries can go to a URL: http or https, with no user information in it and no tag in its host. */
export function isEndpointUrl(text: string): boolean {
  const url = parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && !/[{}]|%7b/i.test(url.host);
}
