import { isHeaderName, isHeaderValue } from '../../platform/http-header.ts';
import { Secret } from '../../platform/secret.ts';
import type { EndpointAuth } from './endpoint.ts';
import { isForbiddenHeader } from '../header.ts';
import type { EndpointCheck } from './endpoint-check.ts';

type AuthParser = (check: EndpointCheck) => EndpointAuth | undefined;

const PARSERS: Readonly<Record<EndpointAuth['kind'], AuthParser>> = {
  none: () => ({ kind: 'none' }),
  basic(check) {
    const username = check.credential('username');
    const password = check.credential('password');
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
    const token = check.credential('token').trim();
    if (token === '' || !isHeaderValue(token)) {
      check.report('auth', 'The token is missing, or holds what no header can hold.');
      return;
    }
    return { kind: 'bearer', token: new Secret(token) };
  },
  header(check) {
    const name = check.text('authHeader');
    const value = check.credential('headerValue').trim();
    if (!isHeaderName(name) || isForbiddenHeader(name)) {
      check.report('authHeader', 'It is not the name of a header that can be set.');
      return;
    }
    if (value === '' || !isHeaderValue(value)) {
      check.report('auth', 'The header value is missing, or holds what no header can hold.');
      return;
    }
    return { kind: 'header', name, value: new Secret(value) };
  },
};

const isKind = (text: string): text is EndpointAuth['kind'] => Object.hasOwn(PARSERS, text);

/** How an endpoint proves who sends; undefined, with the problem reported, where its settings make none. */
export function parseAuth(check: EndpointCheck): EndpointAuth | undefined {
  const kind = check.text('auth') || 'none';
  if (!isKind(kind)) {
    check.report('auth', 'It is none of none, basic, bearer, header.');
    return;
  }
  return PARSERS[kind](check);
}

/** The header that the authentication sets, or undefined. */
export function authHeaderName(auth: EndpointAuth | undefined): string | undefined {
  if (!auth || auth.kind === 'none') return undefined;
  return auth.kind === 'header' ? auth.name : 'Authorization';
}
