import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { EndpointEntry } from '../../../../src/delivery/endpoint/endpoint-entry.ts';
import { engineHost, type EngineHost } from '../engine/engine-host.ts';
import { answer, ApiError, fieldsOf, installUnreadable, permit } from './guard.ts';
import { testEndpoint } from './test-endpoint.ts';
import { readTypedEndpoint } from './typed-endpoint.ts';
import { validEndpoint } from './valid-endpoint.ts';

const ROOT = '/survey-hooks/endpoints';

/** The routes of endpoints: test fire. */
export function installEndpointRoutes(RED: NodeAPI): void {
  const { httpAdmin, auth } = RED;
  const host = engineHost(RED);
  const mayWrite = permit(RED, 'survey-hooks.write');

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
  installUnreadable(httpAdmin, ROOT);
}

/** Throws where no such endpoint is in the flows. */
function find(host: EngineHost, request: Request): EndpointEntry {
  const entry = host.endpoints.get(String(request.params['id']));
  if (!entry) throw new ApiError(404, 'unknown_endpoint', 'There is no endpoint with this id.');
  return entry;
}
