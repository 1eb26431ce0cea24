import type { NodeAPI } from 'node-red';
import { installDeliveryRoutes } from '../shared/runtime/admin-api/deliveries.ts';
import { installEndpointRoutes } from '../shared/runtime/admin-api/endpoints.ts';
import { installExternalDataRoute } from '../shared/runtime/admin-api/external-data.ts';
import { installHookRoutes } from '../shared/runtime/admin-api/hooks.ts';
import { installKeyRoutes } from '../shared/runtime/admin-api/keys.ts';
import { installMetricsRoute } from '../shared/runtime/admin-api/metrics.ts';
import { hookGate } from '../shared/runtime/gate/hook-gate.ts';
import { publishChanges } from '../shared/runtime/publish-changes.ts';

/** What has to be there before any node is loaded: Node-RED loads plugins first. */
export default function register(RED: NodeAPI): void {
  hookGate(RED);
  installDeliveryRoutes(RED);
  installEndpointRoutes(RED);
  installExternalDataRoute(RED);
  installHookRoutes(RED);
  installKeyRoutes(RED);
  installMetricsRoute(RED);
  publishChanges(RED);
}
