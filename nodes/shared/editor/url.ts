interface KnownHost {
  readonly host: RegExp;
  /** The paths that are meant; any where it is missing. */
  readonly path?: RegExp;
  readonly answer: KnownAnswer;
}

/** A status code that a known host answers with to what it took: 201 a new ticket or comment, 202 a card for Teams. */
export type KnownAnswer = '200' | '201' | '202';

/** The first that fits counts. Sources: the makers' API references, as for the formats. */
const KNOWN_HOSTS: readonly KnownHost[] = [
  { host: /zendesk/, path: /\/tickets\/[^/]+$/, answer: '200' },
  { host: /service-?now/, path: /^\/api\/sn_sc\//, answer: '200' },
  { host: /freshdesk|zendesk|service-?now|atlassian/, answer: '201' },
  { host: /(?:^|\.)(?:logic\.azure|powerautomate|powerplatform)\.com$/, answer: '202' },
];

const parse = (text: string): URL | undefined => {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
};

/** Scheme, host and port of a URL; an empty text if it is none. */
export const originOf = (text: string): string => parse(text)?.origin ?? '';

/** Whether a URL is called without TLS. */
export const isPlainHttp = (text: string): boolean => parse(text)?.protocol === 'http:';

/** What the host of a URL is known to answer; undefined for others. */
export function knownAnswer(text: string): KnownAnswer | undefined {
  const { hostname = '', pathname = '' } = parse(text) ?? {};
  return KNOWN_HOSTS.find(({ host, path }) => host.test(hostname) && (path?.test(pathname) ?? true))?.answer;
}

/** Whether deliveries can go to a URL: http or https, with no user information in it and no braces in its host. */
export function isEndpointUrl(text: string): boolean {
  const url = parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && !/[{}]|%7b/i.test(url.host);
}
