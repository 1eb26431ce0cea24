import { randomText } from './random-text.ts';

/** A new path that nobody can guess: 128 random bits, 22 characters. */
export const newHookPath = (): string => `/hooks/${randomText(16)}`;

export interface HookCredentials {
  username: string;
  password: string;
}

/** A new user name and a password of 192 random bits. Neither holds a colon, which Basic authentication splits at. */
export const newHookCredentials = (): HookCredentials => ({
  username: `hook-${randomText(6)}`,
  password: randomText(24),
});

/** The URL that a sender calls. `root` is Node-RED's `httpNodeRoot`. */
export function hookUrl(origin: string, root: string, path: string): string {
  const prefix = root.replace(/\/+$/, '');
  const separator = prefix === '' || prefix.startsWith('/') ? '' : '/';
  return `${origin}${separator}${prefix}${path.startsWith('/') ? '' : '/'}${path}`;
}

export interface CurlRequest {
  url: string;
  method: 'POST' | 'PUT';
  kind: string;
  /** Without it and a key nothing is sent to prove who sends. */
  credentials?: HookCredentials;
  apiKey?: SentKey;
}

/** A key and the header that it is sent in: in `authorization` as a Bearer token, in another as it is. */
export interface SentKey {
  header: string;
  key: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A command for a POSIX shell that sends a first request to a hook. */
export function curlLine({ url, method, kind, credentials, apiKey }: CurlRequest): string {
  const words = ['curl'];
  if (method === 'PUT') words.push('-X PUT');
  if (credentials) words.push('-u', quote(`${credentials.username}:${credentials.password}`));
  if (apiKey) words.push('-H', quote(keyHeader(apiKey)));
  if (kind === 'form') words.push('-d', quote('Email=john.doe@example.com'));
  else
    words.push(
      '-H',
      quote('Content-Type: application/json'),
      '-d',
      quote('{"Email":"john.doe@example.com"}'),
    );
  return [...words, quote(url)].join(' ');
}

const keyHeader = ({ header, key }: SentKey): string =>
  header.toLowerCase() === 'authorization' ? `Authorization: Bearer ${key}` : `${header}: ${key}`;
