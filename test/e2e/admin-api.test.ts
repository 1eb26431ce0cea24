import assert from 'node:assert/strict';
import { request as rawRequest } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { adminAuth, AdminClient, type AdminUser } from '../support/admin-users.ts';
import { NodeRed, type DeliveryRow } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const SECRETS = {
  password: 'endpoint-password',
  path: 'secret-part-of-the-url',
  header: 'value-of-a-header',
  cookie: 'session-of-the-receiver',
};

const LOG = 'survey-hooks/deliveries';

describe('The admin API of a Node-RED with users and another root', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;
  let row: DeliveryRow;
  let client: AdminClient;

  before(async () => {
    receiver = await Receiver.start(() => ({
      headers: { 'set-cookie': `id=${SECRETS.cookie}` },
      body: '<b>ok</b>',
    }));
    userDir = await makeUserDir();
    const { flows, credentials } = relayTo(receiver.url, {
      auth: 'basic',
      headers: [{ name: 'X-Plain', value: '${PLAIN_HEADER}' }],
    });
    const secretUrl = `${receiver.url}/services/${SECRETS.path}`;
    nodeRed = await NodeRed.start({
      userDir,
      flows,
      credentials: {
        ...credentials,
        'relay-endpoint': { username: 'user', password: SECRETS.password, secretUrl },
      },
      env: { PLAIN_HEADER: SECRETS.header },
      settings: {
        httpAdminRoot: '/admin',
        adminAuth,
      },
    });
    client = await AdminClient.logIn(nodeRed, 'admin');
    assert.equal((await sendToRelay(nodeRed.url, 'event-1')).status, 200);
    await until(async () => (row = await firstRow()).status === 'Succeeded', { what: () => 'the delivery' });
  });

  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const ask = (...asked: Parameters<AdminClient['ask']>) => client.ask(...asked);

  async function firstRow(): Promise<DeliveryRow> {
    const { items } = (await ask('admin', LOG)).json() as { items: DeliveryRow[] };
    assert.ok(items[0]);
    return items[0];
  }

  const permitted: readonly [user: AdminUser | undefined, list: number, one: number, resend: number][] = [
    [undefined, 401, 401, 401],
    ['admin', 200, 200, 202],
    ['reader', 200, 401, 401],
    ['auditor', 200, 200, 401],
    ['operator', 401, 401, 202],
    ['watcher', 401, 401, 401],
  ];
  for (const [user, list, one, resend] of permitted)
    it(`gives ${user ?? 'nobody'} what the permissions allow`, async () => {
      assert.equal((await ask(user, LOG)).status, list);
      assert.equal((await ask(user, `${LOG}/${row.id}`)).status, one);
      assert.equal((await ask(user, `${LOG}/${row.id}/resend`, { body: {} })).status, resend);
    });

  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])
    it(`refuses a page of another origin: ${JSON.stringify(headers)}`, async () => {
      const answer = await ask('admin', LOG, { headers });
      assert.equal(answer.status, 403);
      assert.match(answer.text, /foreign_origin/);
    });

  it('refuses a POST that a plain form could make', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'content-type': type };
      const answer = await ask('admin', `${LOG}/${row.id}/resend`, { method: 'POST', body: 'a=b', headers });
      assert.equal(answer.status, 403, type);
    }
  });

  it('takes a POST of JSON that has no body and names no length', async () => {
    const headers = {
      authorization: `Bearer ${client.tokenOf('admin')}`,
      'content-type': 'application/json',
    };
    const status = await new Promise((resolve, reject) => {
      const url = `${nodeRed.url}/admin/${LOG}/${row.id}/resend`;
      const request = rawRequest(url, { method: 'POST', headers }, (response) => {
        resolve(response.resume().statusCode);
      });
      request.on('error', reject);
      request.useChunkedEncodingByDefault = false;
      request.end();
    });
    assert.equal(status, 202);
  });

  it('answers with JSON also where it cannot read the request', async () => {
    const post = (body: string) =>
      ask('admin', `${LOG}/${row.id}/resend`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
    for (const [answer, status] of [
      [await post('{"a":'), 400],
      [await post(`{"a":"${'x'.repeat(6_000_000)}"}`), 413],
      [await ask('admin', `${LOG}/%E0%A4%A`), 400],
    ] as const) {
      assert.equal(answer.status, status);
      const { error } = answer.json() as { error: { code: string } };
      assert.equal(error.code, 'unreadable');
    }
  });

  const queries: readonly [query: string, status: number][] = [
    ['status=Succeeded&limit=1', 200],
    ['status=succeeded', 400],
    ['status=Failed&status=Succeeded', 400],
    ['limit=0', 400],
    ['limit=1001', 400],
    ['cursor=zzz', 400],
    ['from=yesterday', 400],
    ['search[a]=b', 400],
  ];
  for (const [query, status] of queries)
    it(`answers ${status} to the query ${query}`, async () => {
      const answer = await ask('admin', `${LOG}?${query}`);
      assert.equal(answer.status, status, answer.text);
      answer.json();
    });

  it('answers 404 for a delivery that is not there, and 409 for an endpoint that is not', async () => {
    assert.equal((await ask('admin', `${LOG}/none`)).status, 404);
    assert.equal((await ask('admin', `${LOG}/none/resend`, { body: {} })).status, 404);
    assert.equal((await ask('admin', `${LOG}/${row.id}/resend`, { body: { endpoint: 'none' } })).status, 409);
  });

  it('holds a secret neither in an answer, nor in the log, nor in a file but that of the credentials', async () => {
    await ask('admin', 'flows');
    await ask('admin', 'credentials/webhook-endpoint/relay-endpoint');
    await nodeRed.stop();
    const files = (await readdir(userDir, { withFileTypes: true })).filter((entry) => entry.isFile());
    const places = new Map([
      ['an answer', client.answers.join()],
      ['the log', nodeRed.output],
    ]);
    for (const { name } of files)
      if (!name.startsWith('flows_cred'))
        places.set(name, (await readFile(path.join(userDir, name))).toString('latin1'));
    assert.ok(places.has('survey-hooks.db'));
    const basic = Buffer.from(`user:${SECRETS.password}`).toString('base64');
    for (const secret of [...Object.values(SECRETS), basic])
      for (const [place, text] of places) assert.ok(!text.includes(secret), `${secret} is in ${place}`);
  });
});
