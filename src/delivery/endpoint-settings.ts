import { parseDuration } from '../platform/duration.ts';
import { Secret } from '../platform/secret.ts';
import { parseSuccessRule, type SuccessRule } from './classify.ts';
import type { Endpoint, EndpointAuth } from './endpoint.ts';
import { isForbiddenHeader, isHeaderName, isHeaderValue } from './header.ts';
import {
  CIO_PULSE,
  NO_RETRY,
  STANDARD_WEBHOOKS,
  parseRetryDelays,
  type RetryPolicy,
} from './retry-policy.ts';

/** An endpoint's settings as a flow holds them, with its credentials. All may be missing or wrong. */
export interface EndpointSettings {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly method?: string;
  readonly contentType?: string;
  readonly headers?: readonly { readonly name?: string; readonly value?: string }[];
  readonly auth?: string;
  readonly authHeader?: string;
  readonly timeout?: string | number;
  readonly success?: string;
  readonly retry?: string;
  readonly retryDelays?: string;
  readonly retryOn?: string;
  readonly concurrency?: string | number;
  readonly maxPending?: string | number;
  readonly expireAfter?: string;
  readonly enabled?: boolean;
  readonly credentials?: Readonly<Partial<Record<EndpointCredential, string>>>;
}

export type EndpointCredential = 'secretUrl' | 'username' | 'password' | 'token' | 'headerValue';

/** A setting that a person must change, in words; never with a secret or a whole URL. */
export interface EndpointProblem {
  readonly setting: string;
  readonly message: string;
}

export interface InvalidEndpoint {
  readonly kind: 'invalid';
  readonly id: string;
  readonly name: string;
  readonly problems: readonly EndpointProblem[];
}

export type ParsedEndpoint = { readonly kind: 'valid'; readonly endpoint: Endpoint } | InvalidEndpoint;

/** Checks an endpoint's settings. Everything that is wrong is listed, not only the first. */
export function parseEndpoint(settings: EndpointSettings): ParsedEndpoint {
  const check = new SettingsCheck(settings);
  const url = parseUrl(check);
  const auth = parseAuth(check);
  const { id } = settings;
  const endpoint = {
    id,
    name: nameOf(settings, url),
    isUrlSecret: Boolean(settings.credentials?.secretUrl),
    method: check.oneOf('method', ['POST', 'PUT', 'PATCH', 'GET', 'DELETE']),
    contentType: check.oneOf('contentType', ['json', 'form']),
    headers: parseHeaders(check),
    timeoutMs: check.count('timeout', { fallback: 5000, most: 600_000 }),
    success: parseSuccess(check),
    retryOn: check.oneOf('retryOn', ['failure', 'transient']),
    retry: parseRetry(check),
    concurrency: check.count('concurrency', { fallback: 8, most: 1000 }),
    maxPending: check.count('maxPending', { fallback: 100_000, most: 100_000_000 }),
    expireAfterMs: parseExpiry(check),
    isEnabled: settings.enabled !== false,
  };
  const { problems } = check;
  if (problems.length > 0 || !url || !auth) return { kind: 'invalid', id, name: endpoint.name, problems };
  return { kind: 'valid', endpoint: { ...endpoint, url, auth } };
}

/** Reads settings and gathers what is wrong with them. */
class SettingsCheck {
  readonly problems: EndpointProblem[] = [];
  readonly settings: EndpointSettings;

  constructor(settings: EndpointSettings) {
    this.settings = settings;
  }

  report(setting: string, message: string): undefined {
    this.problems.push({ setting, message });
    return undefined;
  }

  /** The setting, which must be one of the words; the first one where it is empty. */
  oneOf<const Word extends string>(
    setting: 'method' | 'contentType' | 'retryOn',
    words: readonly [Word, ...Word[]],
  ): Word {
    const value = this.settings[setting] ?? '';
    const found = words.find((word) => word === value);
    if (found === undefined && value !== '') this.report(setting, `It is none of ${words.join(', ')}.`);
    return found ?? words[0];
  }

  /** The setting, which must be a whole number from 1. */
  count(
    setting: 'timeout' | 'concurrency' | 'maxPending',
    { fallback, most }: { fallback: number; most: number },
  ): number {
    const value = this.settings[setting] ?? '';
    if (value === '') return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    this.report(setting, `It must be a whole number from 1 to ${most}.`);
    return fallback;
  }
}

/** What the log calls the endpoint. The host of a secret URL is no secret. */
function nameOf({ id, name }: EndpointSettings, url: URL | undefined): string {
  return name?.trim() || url?.host || id;
}

function parseUrl(check: SettingsCheck): URL | undefined {
  const { url, credentials } = check.settings;
  const text = (credentials?.secretUrl || url || '').trim();
  if (text === '') {
    check.report('url', 'It is empty.');
    return;
  }
  if (!URL.canParse(text)) {
    check.report('url', 'It is not a URL.');
    return;
  }
  const parsed = new URL(text);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    check.report('url', 'It must begin with https:// or http://.');
    return;
  }
  if (parsed.username !== '' || parsed.password !== '') {
    check.report('url', 'It holds a user name or password: put them into the credentials.');
    return;
  }
  parsed.hash = '';
  return parsed;
}

const POLICIES: Readonly<Record<string, RetryPolicy>> = {
  'cio-pulse': CIO_PULSE,
  'standard-webhooks': STANDARD_WEBHOOKS,
  none: NO_RETRY,
};

function parseRetry(check: SettingsCheck): RetryPolicy {
  const { retry = 'cio-pulse', retryDelays = '' } = check.settings;
  const policy = retry === 'custom' ? parseRetryDelays(retryDelays) : POLICIES[retry];
  if (policy !== undefined) return policy;
  if (retry === 'custom')
    check.report('retryDelays', 'It must be a list of 1 to 50 delays such as 5m,10m,20m,40m.');
  else check.report('retry', 'It is none of cio-pulse, standard-webhooks, none, custom.');
  return NO_RETRY;
}

function parseSuccess(check: SettingsCheck): SuccessRule {
  const rule = parseSuccessRule(check.settings.success || '2xx');
  if (rule === undefined)
    check.report('success', 'It must be 2xx, 200, or a list of status codes such as 200,201,204.');
  return rule ?? { kind: '2xx' };
}

type AuthParser = (check: SettingsCheck) => EndpointAuth | undefined;

const AUTH_PARSERS: Readonly<Record<EndpointAuth['kind'], AuthParser>> = {
  none: () => ({ kind: 'none' }),
  basic(check) {
    const { username = '', password = '' } = check.settings.credentials ?? {};
    if (username === '' && password === '') {
      check.report('auth', 'User name and password are missing.');
      return;
    }
    if (username.includes(':')) {
      check.report('auth', 'The user name holds a colon, which Basic authentication forbids.');
      return;
    }
    return { kind: 'basic', username, password: new Secret(password) };
  },
  bearer(check) {
    const { token = '' } = check.settings.credentials ?? {};
    if (token === '' || !isHeaderValue(token)) {
      check.report('auth', 'The token is missing, or holds what no header can hold.');
      return;
    }
    return { kind: 'bearer', token: new Secret(token) };
  },
  header(check) {
    const { headerValue = '' } = check.settings.credentials ?? {};
    const { authHeader = '' } = check.settings;
    if (!isHeaderName(authHeader) || isForbiddenHeader(authHeader)) {
      check.report('authHeader', 'It is not the name of a header that can be set.');
      return;
    }
    if (headerValue === '' || !isHeaderValue(headerValue)) {
      check.report('auth', 'The header value is missing, or holds what no header can hold.');
      return;
    }
    return { kind: 'header', name: authHeader, value: new Secret(headerValue) };
  },
};

const isAuthKind = (text: string): text is EndpointAuth['kind'] => Object.hasOwn(AUTH_PARSERS, text);

function parseAuth(check: SettingsCheck): EndpointAuth | undefined {
  const kind = check.settings.auth || 'none';
  if (!isAuthKind(kind)) {
    check.report('auth', 'It is none of none, basic, bearer, header.');
    return;
  }
  return AUTH_PARSERS[kind](check);
}

function parseHeaders(check: SettingsCheck): [name: string, value: string][] {
  const pairs = (check.settings.headers ?? []).map(({ name = '', value = '' }): [string, string] => [
    name.trim(),
    value,
  ]);
  for (const [name, value] of pairs) {
    if (!isHeaderName(name)) check.report('headers', `"${name.slice(0, 40)}" is not the name of a header.`);
    else if (isForbiddenHeader(name)) check.report('headers', `${name} is set by the delivery itself.`);
    else if (!isHeaderValue(value))
      check.report('headers', `The value of ${name} holds characters that no header can hold.`);
  }
  return pairs;
}

const WEEK_MS = 7 * 86_400_000;

function parseExpiry(check: SettingsCheck): number {
  const ms = parseDuration(check.settings.expireAfter || '7d');
  if (ms === undefined) check.report('expireAfter', 'It must be a duration such as 7d or 12h.');
  return ms ?? WEEK_MS;
}
