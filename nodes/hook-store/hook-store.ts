import type { Node, NodeAPI, NodeDef } from 'node-red';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { expandEnv } from '../shared/runtime/settings.ts';

interface HookStoreDef extends NodeDef {
  file?: string;
}

/** Where the store is kept. There is one for the whole Node-RED; a second one is red and not used. */
export default function register(RED: NodeAPI): void {
  function HookStore(this: Node, config: HookStoreDef): void {
    RED.nodes.createNode(this, config);
    const { stores } = engineHost(RED);
    if (!stores.set(this.id, expandEnv(RED, this, config.file ?? ''))) {
      this.status({ fill: 'red', shape: 'ring', text: 'hook-store.status.duplicate' });
      this.error(RED._('hook-store.errors.duplicate'));
    }
    this.on('close', (removed: boolean, done: () => void) => {
      if (removed) stores.unset(this.id);
      done();
    });
  }
  RED.nodes.registerType('hook-store', HookStore);
}
