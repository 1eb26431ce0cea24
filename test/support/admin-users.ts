/** A Node-RED whose admin API has users. */
import { call, type Response } from './http.ts';
import type { NodeRed } from './node-red.ts';

/** Each user's password is `password`, as bcrypt with four rounds. */
const PASSWORD_HASH = '$2b$04$D35UNFE/xHdDsPEhiII/dOnMi5oZghon7SleBnKk0dK1lK4bsR.Sa';
const PERMISSIONS = {
  admin: '*',
  reader: 'read',
  auditor: ['survey-hooks.read', 'survey-hooks.payload'],
  operator: ['survey-hooks.write'],
  watcher: ['status.read'],
  deployer: ['flows.read', 'flows.write'],
};

export type AdminUser = keyof typeof PERMISSIONS;
export const ADMIN_USERS = Object.keys(PERMISSIONS) as AdminUser[];

/** What Node-RED's settings say of them. */
export const adminAuth = {
  type: 'credentials',
  users: Object.entries(PERMISSIONS).map(([username, permissions]) => ({
    username,
    password: PASSWORD_HASH,
    permissions,
  })),
};

/** Asks the admin API as one user or another, and gathers everything that was answered. */
export class AdminClient {
  readonly answers: string[] = [];
  readonly #root: string;
  readonly #tokens = new Map<AdminUser, string>();

  private constructor(root: string) {
    this.#root = root;
  }

  /** Logs all users in; `root` is Node-RED's `httpAdminRoot` without its slashes. */
  static async logIn(nodeRed: NodeRed, root = ''): Promise<AdminClient> {
    const client = new AdminClient([nodeRed.url, root].filter((part) => part !== '').join('/'));
    for (const user of ADMIN_USERS) await client.#logIn(user);
    return client;
  }

  tokenOf(user: AdminUser): string {
    return this.#tokens.get(user) ?? '';
  }

  /** As a user, or as nobody. */
  async ask(
    user: AdminUser | undefined,
    path: string,
    request: Parameters<typeof call>[1] = {},
  ): Promise<Response> {
    const authorization = user ? { authorization: `Bearer ${this.tokenOf(user)}` } : {};
    const answer = await call(`${this.#root}/${path}`, {
      ...request,
      headers: { ...authorization, ...request.headers },
    });
    this.answers.push(answer.text);
    return answer;
  }

  async #logIn(username: AdminUser): Promise<void> {
    const login = { client_id: 'node-red-admin', grant_type: 'password', scope: '', username };
    const answer = await call(`${this.#root}/auth/token`, { body: { ...login, password: 'password' } });
    this.#tokens.set(username, (answer.json() as { access_token: string }).access_token);
  }
}
