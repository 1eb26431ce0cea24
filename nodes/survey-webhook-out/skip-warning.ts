import type { Node, NodeAPI } from 'node-red';
import type { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';
import type { SkippedEndpoint } from '../../src/delivery/skipped-endpoints.ts';
import { NO_SURVEY_RESPONSE } from '../../src/survey/endpoint-filter.ts';

interface Host {
  readonly node: Pick<Node, 'warn'>;
  readonly endpoints: Pick<EndpointDirectory, 'find'>;
  readonly RED: NodeAPI;
}

/**
 * Warns where an endpoint was skipped because its filter found no survey response to judge, which is a slip in the flow. Once for each
 * endpoint while the node is there: each message says it in `deliveriesSkipped`.
 */
export function skipWarning({ node, endpoints, RED }: Host): (skipped: readonly SkippedEndpoint[]) => void {
  const warned = new Set<string>();
  return (skipped) => {
    for (const { endpoint: id, reason } of skipped) {
      if (reason !== NO_SURVEY_RESPONSE || warned.has(id)) continue;
      warned.add(id);
      node.warn(RED._('survey-webhook-out.warnings.no-survey', { endpoint: endpoints.find(id)?.name ?? id }));
    }
  };
}
