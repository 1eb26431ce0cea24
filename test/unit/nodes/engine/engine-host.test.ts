import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { EngineHost } from '../../../../nodes/shared/runtime/engine/engine-host.ts';
import { signingSecrets } from '../../../../nodes/shared/runtime/signing-secrets.ts';
import { parseStore, type ParsedStore } from '../../../../src/store/store-settings.ts';
import { parseEndpoint } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { aSigningSecret } from '../../../support/signing-secrets.ts';
import { until } from '../../../support/until.ts';

/** As much of Node-RED as the host of the engine sees: its events, its log, and which nodes are there. */
class Runtime {
  readonly events = new EventEmitter();
  readonly nodeIds = new Set<string>();
  readonly logged: string[] = [];
  #config: object = {};

  readonly userDir: string;

  constructor(userDir: string) {
    this.userDir = userDir;
  }

  /** What a node is given. */
  get RED(): NodeAPI {
    const log = (message: string) => this.logged.push(message);
    const { userDir, events, nodeIds } = this;
    return {
      events,
      settings: { userDir },
      log: { info: log, warn: log, error: log },
      nodes: { getNode: (id: string) => (nodeIds.has(id) ? {} : null) },
    } as unknown as NodeAPI;
  }

  start(): void {
    this.events.emit('flows:started', { config: this.#config });
  }

  /** As before a deploy, or a reload: the flows to come are in place already. */
  stopForDeploy(): void {
    this.#config = {};
    this.stop();
  }

  stop(): void {
    this.events.emit('flows:stopping', { config: this.#config });
  }
}

const storeIn = (file: string): ParsedStore => parseStore({ file });

describe('EngineHost', () => {
  let runtime: Runtime;
  let host: EngineHost;
  let leave: () => Promise<void>;

  beforeEach(async () => {
    runtime = new Runtime(await mkdtemp(path.join(tmpdir(), 'survey-hooks-host-')));
    host = new EngineHost(runtime.RED);
    leave = () => Promise.resolve();
  });

  afterEach(async () => {
    runtime.stop();
    await leave();
    await rm(runtime.userDir, { recursive: true });
  });

  const databases = async () => (await readdir(runtime.userDir)).filter((name) => name.endsWith('.db'));

  it('opens no store while the flows do not run, as none of them has named one', async () => {
    await assert.rejects(host.get(), { code: 'HOOK_STORE_CLOSED' });
    assert.deepEqual(await databases(), []);
  });

  it('opens for an endpoint alone, as deliveries may be open', async () => {
    leave = host.join('endpoint');
    runtime.start();
    await host.get();
    assert.equal(host.state, 'open');
  });

  it('goes on with its store while a deploy makes the node that names it anew', async () => {
    host.stores.set('store', storeIn('own.db'));
    leave = host.join('out', () => undefined);
    runtime.start();
    const before = await host.get();
    runtime.stopForDeploy();
    assert.equal(await host.get(), before);
    host.stores.set('store', storeIn('own.db'));
    runtime.start();
    assert.equal(await host.get(), before);
    assert.deepEqual(await databases(), ['own.db']);
  });

  it('takes the store that was named first, also when its node is made anew beside another', async () => {
    assert.equal(host.stores.set('first', storeIn('first.db')), true);
    assert.equal(host.stores.set('second', storeIn('second.db')), false);
    assert.equal(host.stores.set('first', storeIn('renamed.db')), true);
    leave = host.join('out', () => undefined);
    runtime.start();
    await host.get();
    assert.deepEqual(await databases(), ['renamed.db']);
  });

  it('goes to another store when that is named', async () => {
    host.stores.set('store', storeIn('one.db'));
    leave = host.join('out', () => undefined);
    runtime.start();
    const before = await host.get();
    host.stores.set('store', storeIn('two.db'));
    assert.notEqual(await host.get(), before);
    await assert.rejects(before.store.info(), { code: 'HOOK_STORE_CLOSED' });
  });

  it('stays open through a deploy and a reload, and closes when Node-RED stops', async () => {
    const file = path.join(runtime.userDir, 'survey-hooks.db');
    let leaveOut = host.join('out', () => undefined);
    runtime.start();
    const before = await host.get();
    runtime.stopForDeploy();
    await leaveOut();
    leaveOut = host.join('out', () => undefined);
    runtime.start();
    assert.equal(await host.get(), before);
    await before.store.info();

    runtime.stop();
    await leaveOut();
    assert.equal(host.state, 'closed');
    assert.equal(existsSync(`${file}-wal`), false, 'the store is closed in order');
  });

  it('closes at the stop also while it lingers for nobody', async () => {
    runtime.start();
    const { store } = await host.get();
    runtime.stop();
    await assert.rejects(host.get(), { code: 'HOOK_STORE_CLOSED' });
    await until(() => host.state === 'closed', { what: () => 'the engine to close' });
    await assert.rejects(store.info(), { code: 'HOOK_STORE_CLOSED' });
  });

  it('tells once, not every few seconds, why the store cannot be opened', async () => {
    host.stores.set('store', storeIn(runtime.userDir));
    leave = host.join('out', () => undefined);
    await assert.rejects(host.get(), { code: 'HOOK_CONFIG_STORE_FILE' });
    await leave();
    leave = host.join('out', () => undefined);
    runtime.stop();
    await leave();
    leave = host.join('out', () => undefined);
    await assert.rejects(host.get(), { code: 'HOOK_CONFIG_STORE_FILE' });
    assert.equal(runtime.logged.length, 1);
  });

  it('forgets endpoints that are not there once the flows run', () => {
    const settings = { id: 'gone', url: 'http://127.0.0.1:9/' };
    host.endpoints.set(parseEndpoint(settings));
    host.endpoints.set(parseEndpoint({ ...settings, id: 'there' }));
    runtime.nodeIds.add('there');
    runtime.start();
    assert.equal(host.endpoints.has('gone'), false);
    assert.equal(host.endpoints.has('there'), true);
  });

  it('tells, once the flows run, whoever looks at endpoints: when it is known which secrets are left', () => {
    for (const id of ['gone secret', 'secret']) {
      signingSecrets.set({ kind: 'valid', secret: aSigningSecret({ id }) });
      const settings = { id: `signed with ${id}`, url: 'http://127.0.0.1:9/', signing: id };
      host.endpoints.set(parseEndpoint(settings));
      runtime.nodeIds.add(settings.id);
    }
    runtime.nodeIds.add('secret');
    const found: string[][] = [];
    const stopLooking = host.onFlowsRun(() => found.push(host.endpoints.all().map(({ id }) => id)));
    assert.deepEqual(found, []);
    runtime.start();
    assert.deepEqual(found, [['signed with secret']]);
    stopLooking();
    runtime.start();
    assert.equal(found.length, 1);
    signingSecrets.remove('secret');
  });
});
