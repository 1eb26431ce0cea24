/** Cookies by name, the first of two with the same one; a value that is malformed stays as it was sent. */
export function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of header?.split(';') ?? []) {
    const mark = pair.indexOf('=');
    const name = pair.slice(0, mark).trim();
    if (mark < 0 || name === '__proto__' || Object.hasOwn(cookies, name)) continue;
    cookies[name] = decode(
      pair
        .slice(mark + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
  }
  return cookies;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
