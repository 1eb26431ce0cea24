import assert from 'node:assert/strict';
import { ADMIN_ROUTES, type AdminRoute } from '../support/admin-routes.ts';
import { ADMIN_USERS, adminAuth, AdminClient } from '../support/admin-users.ts';
import type { Response } from '../support/http.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';

const FOREIGN = [
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];
const PLAIN = ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'];

/** Of nothing that is there: who may call it is told so, and nothing changes. */
const addressOf = ({ path, query = '' }: AdminRoute): string => path.slice(1).replace(':id', 'none') + query;

const codeOf = (answer: Response): unknown => (answer.json() as { error: { code: unknown } }).error.code;

describe('Every route of the admin API', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  let client: AdminClient;

  before(async () => {
    userDir = await makeUserDir();
    nodeRed = await NodeRed.start({ userDir, flows: [], settings: { httpAdminRoot: '/admin', adminAuth } });
    client = await AdminClient.logIn(nodeRed, 'admin');
  });
  after(async () => {
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  for (const route of ADMIN_ROUTES) {
    const { method, path, query = '', users } = route;
    const where = addressOf(route);
    const body = method === 'POST' ? { body: {} } : {};

    describe(`${method} ${path}${query}`, () => {
      it(`is for ${users.join(', ')} and nobody else`, async () => {
        assert.equal((await client.ask(undefined, where, body)).status, 401);
        for (const user of ADMIN_USERS) {
          const { status } = await client.ask(user, where, body);
          assert.equal(status !== 401 && status !== 403, users.includes(user), `${user}: ${status}`);
        }
      });

      it('refuses what comes from a page of another origin', async () => {
        for (const headers of FOREIGN) {
          const answer = await client.ask('admin', where, { ...body, headers });
          assert.deepEqual([answer.status, codeOf(answer)], [403, 'foreign_origin'], JSON.stringify(headers));
        }
        const own = await client.ask('admin', where, {
          ...body,
          headers: { 'sec-fetch-site': 'same-origin' },
        });
        assert.notEqual(own.status, 403);
      });

      if (method === 'POST')
        it('refuses what a plain form could send', async () => {
          for (const type of PLAIN) {
            const plain = { method: 'POST', body: 'a=b', headers: { 'content-type': type } };
            const answer = await client.ask('admin', where, plain);
            assert.deepEqual([answer.status, codeOf(answer)], [403, 'plain_post'], type);
          }
        });

      it('gives no place to put an error page', async () => {
        const answer = await client.ask('admin', where, { ...body, method });
        if (answer.status >= 400) assert.match(String(codeOf(answer)), /^[a-zA-Z_]+$/);
        assert.doesNotMatch(answer.text, /<html|at .*\.js:\d+/i);
      });
    });
  }
});
