import assert from 'node:assert/strict';
import type { NodeAPI } from 'node-red';
import registerTab from '../../nodes/webhook-log-tab/webhook-log-tab.ts';
import { ADMIN_ROUTES } from '../support/admin-routes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';

/** What Express keeps of a route; none of it is documented. */
interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

describe('The routes of the admin API', () => {
  let runtime: FlowRuntime;
  let layers: readonly Layer[] = [];

  before(async () => {
    runtime = await FlowRuntime.start();
    const register = (RED: NodeAPI): void => {
      registerTab(RED);
      layers = (RED.httpAdmin as unknown as { _router: { stack: readonly Layer[] } })._router.stack;
    };
    await runtime.load([register], []);
  });
  after(() => runtime.stop());

  it('are those whose permissions are tried, and no others', () => {
    const registered = layers.flatMap(({ route }) =>
      route?.path.startsWith('/survey-hooks')
        ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
        : [],
    );
    const tried = new Set(ADMIN_ROUTES.map(({ method, path }) => `${method} ${path}`));
    assert.deepEqual(registered.toSorted(), [...tried].toSorted());
  });
});
