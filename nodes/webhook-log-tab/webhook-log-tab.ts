import type { NodeAPI } from 'node-red';
import { installDeliveryRoutes } from '../shared/runtime/admin-api/deliveries.ts';
import { hookGate } from '../shared/runtime/gate/hook-gate.ts';

/** What has to be there before any node is loaded: Node-RED loads plugins first. */
export default function register(RED: NodeAPI): void {
  hookGate(RED);
  installDeliveryRoutes(RED);
}
