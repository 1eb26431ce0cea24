/** Hosts whose URLs are the credential: whoever has one can post. */
const SECRET_HOSTS: readonly RegExp[] = [
  /^hooks\.slack(?:-gov)?\.com$/,
  /(?:^|\.)webhook\.office\.com$/,
  /(?:^|\.)logic\.azure\.(?:com|us|cn)$/,
  /(?:^|\.)powerautomate\.com$/,
  /(?:^|\.)powerplatform\.com$/,
  /^hooks\.zapier\.com$/,
  /^hook\.(?:.+\.)?make\.com$/,
  /^hook\.integromat\.com$/,
  /^hooks\.airtable\.com$/,
  /^maker\.ifttt\.com$/,
];
/** Hosts some of whose URLs are, by how the path of those begins. */
const SECRET_PATHS: readonly (readonly [host: RegExp, path: string])[] = [
  [/^(?:[a-z]+\.)?discord(?:app)?\.com$/, '/api/webhooks'],
  [/^api\.telegram\.org$/, '/bot'],
  [/^webexapis\.com$/, '/v1/webhooks/incoming'],
];

const parse = (text: string): URL | undefined => {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
};

/** Whether a URL is itself a secret: a path at a host known for that. Its mere origin is not. */
export function isSecretUrl(text: string): boolean {
  const url = parse(text);
  if (!url || (url.pathname === '/' && url.search === '')) return false;
  const { pathname } = url;
  const hostname = url.hostname.replace(/\.$/, '');
  return (
    SECRET_HOSTS.some((host) => host.test(hostname)) ||
    SECRET_PATHS.some(([host, path]) => host.test(hostname) && pathname.startsWith(path))
  );
}

/** Whether a text is no more than the origin of a host whose URLs are secrets: the rest of it is missing, or is stored apart. */
export function isSecretOrigin(text: string): boolean {
  const url = parse(text);
  return url?.pathname === '/' && url.search === '' && isSecretUrl(`${url.origin}/any`);
}
