/** Hosts that answer 201 to a new ticket. */
const TICKET_HOSTS = /freshdesk|zendesk|service-now|servicenow|atlassian/;

const parse = (text: string): URL | undefined => {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
};

/** Scheme, host and port of a URL; an empty text if it is none. */
export const originOf = (text: string): string => parse(text)?.origin ?? '';

/** Whether a URL belongs to a helpdesk that answers a new ticket with 201, so that "exactly 200" would make five of one. */
export const isTicketUrl = (text: string): boolean => TICKET_HOSTS.test(parse(text)?.hostname ?? '');

/** Whether deliveries can go to a URL: http or https, with no user information in it and no tag in its host. */
export function isEndpointUrl(text: string): boolean {
  const url = parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && !/[{}]|%7b/i.test(url.host);
}
