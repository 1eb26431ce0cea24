import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { EndpointEntry } from '../../../../src/delivery/endpoint/endpoint-entry.ts';
import type { Endpoint } from '../../../../src/delivery/endpoint/endpoint.ts';
import { engineHost, type EngineHost } from '../engine/engine-host.ts';
import { healthJson } from './endpoint-json.ts';
import { answer, ApiError, fieldsOf, installUnreadable, permit } from './guard.ts';
import { listEndpoints } from './list-endpoints.ts';
import { testEndpoint } from './test-endpoint.ts';
import { readTypedEndpoint } from './typed-endpoint.ts';
import { validEndpoint } from './valid-endpoint.ts';

const ROOT = '/survey-hooks/endpoints';

/** The routes of endpoints: the list, test fire, enable and disable. */
export function installEndpointRoutes(RED: NodeAPI): void {
  const { httpAdmin, auth } = RED;
  const host = engineHost(RED);
  const mayWrite = permit(RED, 'survey-hooks.write');

  httpAdmin.get(
    ROOT,
    ...permit(RED, 'survey-hooks.read'),
    answer(async () => ({ body: await listEndpoints(RED, host) })),
  );
  httpAdmin.post(
    `${ROOT}/test`,
    ...mayWrite,
    // What is not deployed can lead anywhere and name any variable: that is for those who could deploy it.
    auth.needsPermission('flows.write'),
    answer((request) =>
      testEndpoint(host, readTypedEndpoint(RED, host, fieldsOf(request)['config']), request),
    ),
  );
  httpAdmin.post(
    `${ROOT}/:id/test`,
    ...mayWrite,
    answer((request) => testEndpoint(host, validEndpoint(find(host, request)), request)),
  );
  for (const action of ['enable', 'disable'] as const)
    httpAdmin.post(
      `${ROOT}/:id/${action}`,
      ...mayWrite,
      answer((request) => change(host, validEndpoint(find(host, request)), action)),
    );
  installUnreadable(httpAdmin, ROOT);
}

/** It lasts until the other one is asked for, or the URL changes: it is stored. */
async function change(host: EngineHost, endpoint: Endpoint, action: 'enable' | 'disable') {
  const { engine } = await host.get();
  // A deploy may have taken it out meanwhile.
  if (!(await engine[action](endpoint.id))) throw notFound();
  return { body: { id: endpoint.id, ...healthJson(engine.healthOf(endpoint)) } };
}

const notFound = () => new ApiError(404, 'unknown_endpoint', 'There is no endpoint with this id.');

/** Throws where no such endpoint is in the flows. */
function find(host: EngineHost, request: Request): EndpointEntry {
  const entry = host.endpoints.get(String(request.params['id']));
  if (!entry) throw notFound();
  return entry;
}
