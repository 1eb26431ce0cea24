import type { AdminUser } from './admin-users.ts';

/** A route of the admin API, and who may call it. `path` is as Express knows it. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Goes behind the path when it is tried out. */
  readonly query?: string;
  readonly users: readonly AdminUser[];
}

const readers: readonly AdminUser[] = ['admin', 'reader', 'auditor'];
const payload: readonly AdminUser[] = ['admin', 'auditor'];
const writers: readonly AdminUser[] = ['admin', 'operator'];

const at = (root: string, method: AdminRoute['method'], users: AdminRoute['users']) => ({
  method,
  path: `/survey-hooks/${root}`,
  users,
});

/** All of them. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  at('deliveries', 'GET', readers),
  at('deliveries/histogram', 'GET', readers),
  at('deliveries/export', 'GET', readers),
  { ...at('deliveries/export', 'GET', payload), query: '?bodies=true' },
  at('deliveries/:id', 'GET', payload),
  at('deliveries/resend', 'POST', writers),
  at('deliveries/:id/resend', 'POST', writers),
  at('endpoints', 'GET', readers),
  // It can send anything anywhere, as only who deploys can.
  at('endpoints/test', 'POST', ['admin']),
  at('endpoints/:id/test', 'POST', writers),
  at('endpoints/:id/enable', 'POST', writers),
  at('endpoints/:id/disable', 'POST', writers),
  at('external-data', 'GET', payload),
  at('hooks', 'GET', readers),
  at('hooks/:id/interactions', 'GET', payload),
  at('hooks/:id/activate', 'POST', writers),
  at('hooks/:id/deactivate', 'POST', writers),
  at('hooks/:id/debug', 'POST', writers),
  at('hooks/:id/parked', 'POST', writers),
  at('keys', 'POST', writers),
  at('metrics', 'GET', readers),
];
