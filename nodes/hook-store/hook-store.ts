import type { Node, NodeAPI, NodeDef } from 'node-red';
import { parseStore, type StoreSettings } from '../../src/store/store-settings.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { expandSettings } from '../shared/runtime/settings.ts';

type Credentials = Record<'metricsToken', string>;
type HookStoreDef = NodeDef & Omit<StoreSettings, 'credentials'>;

/** Where the store is kept, and how much of it. There is one for the whole Node-RED; a second one is red and not used. */
export default function register(RED: NodeAPI): void {
  function HookStore(this: Node<Credentials>, config: HookStoreDef): void {
    RED.nodes.createNode(this, config);
    const { stores } = engineHost(RED);
    const settings = expandSettings(RED, this, { ...config, credentials: this.credentials });
    const store = parseStore(settings, { ...config, credentials: this.credentials });
    if (store.problems.length > 0) showRed(this, 'invalid');
    for (const { setting, message } of store.problems)
      this.error(`${RED._('hook-store.errors.invalid')} ${setting}: ${message}`);
    if (!stores.set(this.id, store)) {
      showRed(this, 'duplicate');
      this.error(RED._('hook-store.errors.duplicate'));
    }
    this.on('close', (removed: boolean, done: () => void) => {
      if (removed) stores.unset(this.id);
      done();
    });
  }
  RED.nodes.registerType('hook-store', HookStore, {
    credentials: { metricsToken: { type: 'password' } },
  });
}

const showRed = (node: Node, problem: 'invalid' | 'duplicate'): void =>
  node.status({ fill: 'red', shape: 'ring', text: `hook-store.status.${problem}` });
