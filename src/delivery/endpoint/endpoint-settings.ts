import { NOTHING_ALLOWED, parseAllowList } from '../../allow-list.ts';
import { parseDuration } from '../../platform/duration.ts';
import { parseRate } from '../../platform/parse-rate.ts';
import { parseAuth } from './endpoint-auth.ts';
import { parseHeaders } from './endpoint-headers.ts';
import { parseTaggedUrl } from './endpoint-tags.ts';
import { EndpointUrl } from './endpoint-url.ts';
import type { CheckedEndpoint, EndpointFilter } from './endpoint.ts';
import type { ReadEnv } from '../event-tags.ts';
import {
  CIO_PULSE,
  NO_RETRY,
  STANDARD_WEBHOOKS,
  parseRetryDelays,
  type RetryPolicy,
} from '../retry-policy.ts';
import type { NetworkRules } from './route.ts';
import { isSecretOrigin, isSecretUrl } from './secret-url.ts';
import { parseSuccessRule, type SuccessRule } from './success-rule.ts';
import { EndpointCheck, type EndpointProblem, type EndpointSettings } from './endpoint-check.ts';

export type { EndpointCredential, EndpointProblem, EndpointSettings } from './endpoint-check.ts';

export interface InvalidEndpoint {
  readonly kind: 'invalid';
  readonly id: string;
  readonly name: string;
  readonly problems: readonly EndpointProblem[];
}

export type ParsedEndpoint = { readonly kind: 'valid'; readonly endpoint: CheckedEndpoint } | InvalidEndpoint;

/** Checks an endpoint's settings. Everything that is wrong is listed, not only the first. */
export function parseEndpoint(settings: EndpointSettings): ParsedEndpoint {
  const check = new EndpointCheck(settings);
  const url = parseUrl(check);
  const auth = parseAuth(check);
  const { id } = settings;
  const ordered = check.isOn('ordered', false);
  const concurrency = check.count('concurrency', { fallback: 8, most: 1000 });
  const endpoint = {
    id,
    // What the log calls it. The host of a secret URL is no secret.
    name: check.text('name') || url?.host || id,
    method: check.oneOf('method', ['POST', 'PUT', 'PATCH', 'GET', 'DELETE']),
    contentType: check.oneOf('contentType', ['json', 'form']),
    headers: parseHeaders(check, auth),
    readEnv: settings.readEnv ?? NO_ENV,
    signing: parseId(check, 'signing', settings.signing),
    rules: parseRules(check),
    tls: parseId(check, 'tls', settings.tls),
    proxy: parseId(check, 'proxy', settings.proxy),
    timeoutMs: check.count('timeout', { fallback: 5000, most: 600_000 }),
    success: parseSuccess(check),
    retryOn: check.oneOf('retryOn', ['failure', 'transient']),
    retry: parseRetry(check),
    concurrency: ordered ? 1 : concurrency,
    ratePerSecond: parsePace(check, settings.ratePerSecond),
    ordered,
    maxPending: check.count('maxPending', { fallback: 100_000, most: 100_000_000 }),
    expireAfterMs: parseExpiry(check),
    isEnabled: settings.enabled !== false,
    circuit: check.isOn('circuit', settings.retry === 'standard-webhooks'),
    requireTestFire: check.isOn('requireTestFire', false),
    filter: parseFilter(check, settings.filter),
  };
  const { problems } = check;
  if (problems.length > 0 || !url || !auth) return { kind: 'invalid', id, name: endpoint.name, problems };
  return { kind: 'valid', endpoint: { ...endpoint, url, auth } };
}

function parseUrl(check: EndpointCheck): EndpointUrl | undefined {
  const secret = check.credential('secretUrl').trim();
  const text = secret || check.text('url');
  if (text === '') {
    check.report('url', 'It is empty.');
    return;
  }
  const template = parseTaggedUrl(text, (problem) => check.report('url', problem));
  if (!template) return;
  const { marked } = template;
  if (marked.protocol !== 'https:' && marked.protocol !== 'http:') {
    check.report('url', 'It must begin with https:// or http://.');
    return;
  }
  if (marked.username !== '' || marked.password !== '') {
    check.report('url', 'It holds a user name or password: put them into the credentials.');
    return;
  }
  if (isSecretOrigin(text)) {
    check.report('url', 'The path of this host is a secret, and it is missing: enter the whole URL again.');
    return;
  }
  return new EndpointUrl(template, { isSecret: secret !== '' || isSecretUrl(text) });
}

const NO_ENV: ReadEnv = () => undefined;

function parseId(
  check: EndpointCheck,
  setting: 'signing' | 'tls' | 'proxy',
  id: unknown = '',
): string | undefined {
  if (typeof id !== 'string') check.report(setting, 'It is not the id of a node.');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function parseRules(check: EndpointCheck): NetworkRules {
  const network = check.oneOf('network', ['any', 'public']);
  const allow = parseAllowList(check.text('allow'));
  if (!allow)
    check.report('allow', 'It must be a list of addresses, networks such as 10.0.0.0/8, and hosts.');
  return { network, allow: allow ?? NOTHING_ALLOWED };
}

const POLICIES: Readonly<Record<string, RetryPolicy>> = {
  'cio-pulse': CIO_PULSE,
  'standard-webhooks': STANDARD_WEBHOOKS,
  none: NO_RETRY,
};

function parseRetry(check: EndpointCheck): RetryPolicy {
  const retry = check.oneOf('retry', ['cio-pulse', 'standard-webhooks', 'none', 'custom']);
  const policy = retry === 'custom' ? parseRetryDelays(check.text('retryDelays')) : POLICIES[retry];
  if (!policy) check.report('retryDelays', 'It must be a list of 1 to 50 delays such as 5m,10m,20m,40m.');
  return policy ?? NO_RETRY;
}

function parseSuccess(check: EndpointCheck): SuccessRule {
  const rule = parseSuccessRule(check.text('success') || '2xx');
  if (!rule) check.report('success', 'It must be 2xx, 200, or a list of status codes such as 200,201,204.');
  return rule ?? { kind: '2xx' };
}

function parseFilter(check: EndpointCheck, filter: EndpointSettings['filter']): EndpointFilter | undefined {
  if (typeof filter === 'function') return filter;
  if (filter !== undefined)
    check.report('filter', filter instanceof Error ? filter.message : 'It is no filter.');
  return undefined;
}

function parsePace(check: EndpointCheck, setting: unknown): number {
  const rate = parseRate(setting);
  if (rate === undefined)
    check.report('ratePerSecond', 'It must be a number from 0 to 100000; 0 = no limit.');
  return rate ?? 0;
}

const WEEK_MS = 7 * 86_400_000;

function parseExpiry(check: EndpointCheck): number {
  const ms = parseDuration(check.text('expireAfter') || '7d');
  if (ms === undefined) check.report('expireAfter', 'It must be a duration such as 7d or 12h.');
  return ms ?? WEEK_MS;
}
