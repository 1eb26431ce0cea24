import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import inboundHookIn from '../../nodes/inbound-hook-in/inbound-hook-in.ts';
import { hookDirectory } from '../../nodes/shared/runtime/hook-directory.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { basicAuth, call } from '../support/http.ts';
import { until } from '../support/until.ts';

const login = { username: 'user', password: 'secret' };
const hook = (changes: Record<string, unknown> = {}) => ({
  id: 'hook',
  type: 'inbound-hook-in',
  name: 'Hook',
  path: '/hooks/a',
  wires: [['sink']],
  ...changes,
});
const sink = { id: 'sink', type: 'helper' };

interface Received {
  readonly payload: unknown;
  readonly rawBody: Buffer;
  readonly res?: unknown;
  readonly hook: { readonly name: string; readonly path: string };
}

describe('The node inbound-hook-in', () => {
  let runtime: FlowRuntime;
  let RED: NodeAPI;
  const statuses = new Map<string, { fill?: string; text?: string }>();

  before(async () => {
    runtime = await FlowRuntime.start();
  });
  after(async () => runtime.stop());

  /** Loads the node into a runtime that differs as said. */
  async function load(
    flow: Parameters<FlowRuntime['load']>[1],
    credentials = {},
    changes: object = {},
    neighbour: (RED: NodeAPI) => void = () => undefined,
  ): Promise<void> {
    const register = (real: NodeAPI): void => {
      RED = real;
      RED.events.removeAllListeners('node-status');
      statuses.clear();
      RED.events.on('node-status', ({ id, status }: { id: string; status: object }) =>
        statuses.set(id, status),
      );
      inboundHookIn(Object.assign(Object.create(RED) as NodeAPI, changes));
    };
    await runtime.load([register, neighbour], flow, credentials);
  }

  const send = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`http://127.0.0.1:${(RED.server as unknown as { address(): AddressInfo }).address().port}${path}`, {
      method: 'POST',
      ...request,
    });

  async function assertStatus(fill: string, text: string, id = 'hook'): Promise<void> {
    await until(() => statuses.get(id)?.text === `inbound-hook-in.status.${text}`, {
      what: () => `the status ${text}, not ${JSON.stringify(statuses.get(id))}`,
    });
    assert.equal(statuses.get(id)?.fill, fill);
  }

  it('starts a flow with what was sent', async () => {
    await load([hook(), sink], { hook: login });
    await assertStatus('green', 'ready');
    const messages = runtime.messagesAt<Received>('sink');
    assert.equal((await send('/hooks/a?x=1', { basic: login, body: { a: 1 } })).status, 200);
    await until(() => messages.length === 1, { what: () => 'a message' });
    const [message] = messages;
    assert.deepEqual(message?.payload, { x: '1', a: 1 });
    assert.equal(message.rawBody.toString(), '{"a":1}');
    assert.equal(message.res, undefined);
    assert.deepEqual([message.hook.name, message.hook.path], ['Hook', '/hooks/a']);
  });

  it('takes its settings and credentials from the environment', async () => {
    process.env['HOOK_TEST_NAME'] = 'from-env';
    await load([hook({ path: '/hooks/${HOOK_TEST_NAME}' }), sink], {
      hook: { username: '${HOOK_TEST_NAME}', password: 'x-${HOOK_TEST_NAME}' },
    });
    await assertStatus('green', 'ready');
    const basic = { username: 'from-env', password: 'x-from-env' };
    assert.equal((await send('/hooks/from-env', { basic })).status, 200);
    delete process.env['HOOK_TEST_NAME'];
  });

  it('is red without credentials, and refuses everything', async () => {
    for (const credentials of [{}, { hook: { username: 'user' } }, { hook: { password: 'secret' } }]) {
      await load([hook(), sink], credentials);
      await assertStatus('red', 'no-credentials');
      const messages = runtime.messagesAt('sink');
      for (const token of ['user:', ':secret', ':', 'undefined:undefined'])
        assert.equal(
          (await send('/hooks/a', { headers: { authorization: `Basic ${btoa(token)}` } })).status,
          401,
        );
      assert.equal((await send('/hooks/a', { headers: { authorization: basicAuth(login) } })).status, 401);
      assert.equal(messages.length, 0);
    }
  });

  it('is grey while it is inactive', async () => {
    await load([hook({ active: false, auth: 'none' }), sink]);
    await assertStatus('grey', 'inactive');
    assert.equal((await send('/hooks/a')).status, 404);
  });

  it('shows that it was switched while it runs, and starts again with its settings', async () => {
    await load([hook({ active: false, auth: 'none' }), sink]);
    await assertStatus('grey', 'inactive');
    hookDirectory.find('hook')?.activity.switchTo({ isActive: true });
    await assertStatus('green', 'ready');
    assert.equal((await send('/hooks/a')).status, 200);
    hookDirectory.find('hook')?.activity.switchTo({ isActive: false, isDebugged: true });
    await assertStatus('grey', 'inactive');
    await load([hook({ auth: 'none' }), sink]);
    await assertStatus('green', 'ready');
    assert.deepEqual(hookDirectory.find('hook')?.activity.switches, { isActive: true, isDebugged: false });
  });

  it('is red where its path is no path, or begins with a parameter', async () => {
    for (const path of ['', '/', '/:id', '/a*', '/a//b']) {
      await load([hook({ path, auth: 'none' }), sink]);
      await assertStatus('red', 'path-invalid');
    }
  });

  it('is red where its path is another hook’s, the editor’s or another node’s', async () => {
    await load([hook({ auth: 'none' }), hook({ id: 'second', auth: 'none' }), sink]);
    await assertStatus('green', 'ready');
    await assertStatus('red', 'path-taken', 'second');
    assert.equal((await send('/hooks/a')).status, 200);

    for (const path of [
      '/flows',
      '/auth/token',
      '/red/x',
      '/comms',
      '/survey-hooks/deliveries',
      '/Flow/:id',
    ]) {
      await load([hook({ path, auth: 'none' }), sink]);
      await assertStatus('red', 'path-taken');
    }

    const occupy = (real: NodeAPI): void => {
      real.httpNode.get('/hooks/:taken/nps', (_request, response) => void response.end());
      real.httpNode.use('/dashboard', (_request, response) => void response.end());
      real.httpNode.all('*', (_request, response) => void response.end());
      real.httpAdmin.get('/other-node/:id', (_request, response) => void response.end());
    };
    for (const path of ['/hooks/:x/nps', '/dashboard/x', '/other-node/y']) {
      await load([hook({ path, auth: 'none' }), sink], {}, {}, occupy);
      await assertStatus('red', 'path-taken');
    }
  });

  it('is red where a setting cannot be understood', async () => {
    for (const setting of [
      { bodyLimit: 'much' },
      { statusCode: 404 },
      { respond: 'flow', responseTimeout: 'soon' },
      { respond: 'never' },
      { methods: [] },
      { methods: ['CONNECT'] },
      { methods: 'POST' },
      { path: 5 },
      { auth: 'digest' },
      { auth: 'api-key', apiKeyHeader: 'Content-Type' },
      { auth: 'api-key', role: ['org.hooks'] },
      { ratePerSecond: -1 },
      { ratePerSecond: 'fast' },
      { allowedIps: '10.0.0.0/8, everyone' },
      { kind: 'email' },
      { kind: 'form', redirect: 'javascript:alert(1)' },
      { kind: 'form', redirect: '/a\r\nSet-Cookie: x=y' },
    ]) {
      await load([hook(setting), sink], { hook: login });
      await assertStatus('red', 'setting-invalid');
      assert.match((await send('/hooks/a', { basic: login })).text, /Cannot POST/);
    }
  });

  it('is red where Node-RED serves no HTTP for nodes', async () => {
    for (const changes of [{ server: undefined }, { server: {} }, { settings: { httpNodeRoot: false } }]) {
      await load([hook(), sink], { hook: login }, changes);
      await assertStatus('red', 'hooks-off');
    }
  });

  it('serves nothing any more after its flow was stopped', async () => {
    await load([hook({ auth: 'none' }), sink]);
    await assertStatus('green', 'ready');
    await runtime.unload();
    assert.equal((await send('/hooks/a')).status, 503);
    await load([sink]);
    assert.match((await send('/hooks/a')).text, /Cannot POST/);
  });
});
