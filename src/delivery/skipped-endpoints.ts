import type { AcceptRequest } from './acceptance.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';

/** An endpoint that a message is not for, and why, in words. */
export interface SkippedEndpoint {
  readonly endpoint: string;
  readonly reason: string;
}

/** A message without the endpoints that it is not for, and those. One that is gone or invalid is not skipped: its delivery fails. */
export function skipEndpoints<Request extends Pick<AcceptRequest, 'endpointIds' | 'skip'>>(
  request: Request,
  endpoints: Pick<EndpointDirectory, 'find'>,
): { readonly wanted: Request; readonly skipped: readonly SkippedEndpoint[] } {
  const skipped = request.endpointIds.flatMap((id): SkippedEndpoint[] => {
    const endpoint = endpoints.find(id);
    const reason = endpoint && request.skip?.(endpoint);
    return reason === undefined ? [] : [{ endpoint: id, reason }];
  });
  const skippedIds = new Set(skipped.map(({ endpoint }) => endpoint));
  const endpointIds = request.endpointIds.filter((id) => !skippedIds.has(id));
  return { wanted: { ...request, endpointIds }, skipped };
}
