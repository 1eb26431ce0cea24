import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { curl } from '../support/curl.ts';
import { call } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';

interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly hash: string;
  readonly key: string;
}

const hook = (changes: Record<string, unknown>): FlowNode => ({
  id: 'hook',
  z: 'tab',
  type: 'inbound-hook-in',
  name: 'Keys',
  path: '/hooks/keys',
  auth: 'api-key',
  role: 'org.hooks',
  respond: 'flow',
  x: 100,
  y: 100,
  wires: [['tell']],
  ...changes,
});

const flows = (...keys: readonly NewKey[]): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Keys' },
  hook({
    credentials: {
      apiKeys: JSON.stringify(keys.map(({ id, name, roles, hash }) => ({ id, name, roles, hash }))),
    },
  }),
  {
    id: 'tell',
    z: 'tab',
    type: 'function',
    func: 'msg.payload = { by: msg.hook.keyName, headers: msg.req.headers }; return msg;',
    x: 300,
    y: 100,
    wires: [['answer']],
  },
  { id: 'answer', z: 'tab', type: 'http response', x: 500, y: 100, wires: [] },
];

for (const root of ['', 'admin/'])
  describe(`API keys on a real Node-RED with the editor at /${root}`, function () {
    this.timeout(60_000);
    let userDir: string;
    let nodeRed: NodeRed;

    before(async () => {
      userDir = await makeUserDir();
      const settings = root === '' ? {} : { httpAdminRoot: '/admin' };
      nodeRed = await NodeRed.start({ userDir, flows: [], settings });
    });
    after(async () => {
      await nodeRed.stop();
      await removeUserDir(userDir);
    });

    const make = async (name: string, roles: readonly string[]): Promise<NewKey> => {
      const answer = await nodeRed.admin(`${root}survey-hooks/keys`, { body: { name, roles } });
      assert.equal(answer.status, 200, answer.text);
      return answer.json() as NewKey;
    };
    const deploy = async (...keys: readonly NewKey[]): Promise<void> => {
      const answer = await call(`${nodeRed.url}/${root}flows`, { body: flows(...keys) });
      assert.ok(answer.status < 300, answer.text);
    };
    const send = (...options: readonly string[]) =>
      curl('--retry', '5', '-d', 'Email=jane@example.com', ...options, `${nodeRed.url}/hooks/keys`);
    const withKey = ({ key }: NewKey) => send('-H', `Authorization: Bearer ${key}`);

    it('are made, shown once, let in, told from each other, and revoked one by one', async () => {
      const shop = await make('shop', ['org.hooks']);
      const crm = await make('crm', ['org.users', 'org.hooks']);
      const reader = await make('reader', ['org.read']);
      await deploy(shop, crm, reader);

      for (const key of [shop, crm]) {
        const answer = await withKey(key);
        assert.equal(answer.status, 200);
        const told = JSON.parse(answer.text) as { by: string; headers: { authorization: string } };
        assert.deepEqual([told.by, told.headers.authorization], [key.name, '[secret]']);
      }
      for (const options of [[], ['-H', 'Authorization: Bearer shk_wrong'], ['-u', `shop:${shop.key}`]]) {
        const answer = await send(...options);
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="inbound hook"');
      }
      const forbidden = await withKey(reader);
      assert.equal(forbidden.status, 403);
      assert.match(forbidden.text, /^\{"error":\{"code":"forbidden",/);

      await deploy(crm, reader);
      assert.deepEqual(
        [(await withKey(shop)).status, (await withKey(crm)).status, (await withKey(reader)).status],
        [401, 200, 403],
      );

      const left = [nodeRed.output];
      for await (const file of glob('{flows*.json,.config*.json}', { cwd: userDir }))
        left.push(await readFile(path.join(userDir, file), 'utf8'));
      assert.ok(
        left.some((text) => text.includes(crm.hash)),
        'the hash is kept',
      );
      assert.ok(!left.some((text) => text.includes('shk_')), 'no key is kept');
      assert.ok(!(await nodeRed.admin(`${root}flows`)).text.includes('shk_'));
    });
  });
