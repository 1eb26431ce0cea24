import { METHODS } from 'node:http';
import { pairs } from './form-bodies.ts';
import type { Mutation } from './mutation.ts';

const methodOf: Mutation = (draft, random) => {
  draft.method = random.pick([
    ...[
      'GET',
      'HEAD',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'TRACE',
      'CONNECT',
      'PROPFIND',
      'M-SEARCH',
      'PURGE',
    ],
    ...['post', 'POSTT', 'P\u00f6ST', '', 'PO ST', 'PRI', '\0POST', 'X'.repeat(5000)],
  ]);
  // Node.js ends the connection of who asks for a tunnel (CONNECT), speaks HTTP/2 (PRI) or an unknown method.
  if (!METHODS.includes(draft.method) || ['CONNECT', 'PRI'].includes(draft.method)) draft.isWhole = false;
};

const versionOf: Mutation = (draft, random) => {
  draft.version = random.pick([
    'HTTP/1.0',
    'HTTP/1.2',
    'HTTP/2.0',
    'HTTP/0.9',
    'http/1.1',
    'HTTP/1.1 ',
    'HTTP/11',
    '',
  ]);
  draft.isWhole = false;
};

const pathOf: Mutation = (draft, random) => {
  const path = draft.target;
  draft.mayStray = true;
  draft.target = random.pick([
    ...[
      `${path}/`,
      `${path}//`,
      `/${path}`,
      path.toUpperCase(),
      `${path};a=b`,
      `${path}#part`,
      `${path}%`,
      `${path}%zz`,
    ],
    ...[
      `${path}%00`,
      `${path}%2f`,
      `${path}/%2e%2e`,
      `${path}/..`,
      `/x/..${path}`,
      path.replace('hooks', '%68ooks'),
    ],
    ...[
      '/hooks/of/%',
      '/hooks/of/%ff',
      '/hooks/of/%2f',
      '/hooks/of/%00',
      `/hooks/of/${'x'.repeat(4000)}`,
      '/hooks/of/',
    ],
    ...[
      '/hooks/of/\u00e9',
      '/hooks/of/a\tb',
      '*',
      '',
      'hooks/open',
      '//',
      '\\hooks\\open',
      `/hooks/${'%41'.repeat(7000)}`,
    ],
  ]);
  if (!/^\/[\x21-\x7e]{0,8000}$/.test(draft.target)) draft.isWhole = false;
};

const absoluteTarget: Mutation = (draft, random) => {
  const authority = random.pick([
    'hooks.example',
    'x:80',
    'user:pass@x',
    '[::1]:1880',
    '',
    'x y',
    'a'.repeat(300),
    '%zz',
  ]);
  const scheme = random.pick(['http', 'HTTP', 'https', 'ftp', 'javascript']);
  draft.target = `${scheme}://${authority}${draft.target}`;
  draft.mayStray = draft.mayStray || !/^https?$/i.test(scheme);
  draft.isWhole = draft.isWhole && /^[\w.:]+$/.test(authority);
};

const queryOf: Mutation = (draft, random) => {
  const query = pairs(random).slice(0, random.pick([100, 7000, 30_000]));
  draft.target += `?${query}`;
  draft.isWhole = draft.isWhole && /^[\x21-\x7e]{0,7100}$/.test(query);
};

/** The method, the target or the version. */
export const LINE_MUTATIONS: readonly Mutation[] = [
  methodOf,
  versionOf,
  pathOf,
  pathOf,
  pathOf,
  absoluteTarget,
  queryOf,
  queryOf,
];
