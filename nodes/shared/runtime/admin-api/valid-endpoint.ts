import type { EndpointEntry } from '../../../../src/delivery/endpoint/endpoint-entry.ts';
import type { Endpoint } from '../../../../src/delivery/endpoint/endpoint.ts';
import { ApiError } from './guard.ts';

/** The endpoint, or an error with everything that is wrong with its settings. */
export function validEndpoint(entry: EndpointEntry): Endpoint {
  if (entry.kind === 'valid') return entry.endpoint;
  const words = entry.problems.map(({ setting, message }) => `${setting}: ${message}`).join(' ');
  throw new ApiError(400, 'invalid_endpoint', `The endpoint's settings are not valid. ${words}`);
}
