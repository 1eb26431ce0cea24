import type { NodeAPI } from 'node-red';

/** Where Node-RED's settings put the editor and the nodes' HTTP, without a slash at the end; undefined where it is switched off. */
export interface HttpRoots {
  readonly admin: string | undefined;
  readonly node: string | undefined;
}

export function httpRoots(RED: NodeAPI): HttpRoots {
  const { httpAdminRoot, httpNodeRoot } = RED.settings as { httpAdminRoot?: unknown; httpNodeRoot?: unknown };
  return { admin: trim(httpAdminRoot), node: trim(httpNodeRoot) };
}

function trim(root: unknown): string | undefined {
  if (root === false) return undefined;
  const parts = typeof root === 'string' ? root.split('/').filter((part) => part !== '') : [];
  return parts.map((part) => `/${part}`).join('');
}
