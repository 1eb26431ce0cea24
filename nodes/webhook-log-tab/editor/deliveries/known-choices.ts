import { holdsEnv, toText } from '../../../shared/editor/text.ts';
import type { DeliveryRow } from './delivery.ts';

/** What the log can be narrowed to, by value, each with its words: what the flows name, and what was seen in rows. */
export interface KnownChoices {
  readonly endpoints: () => ReadonlyMap<string, string>;
  readonly listeningPosts: () => ReadonlyMap<string, string>;
  /** Learns from rows, which may tell of endpoints that are not in the flows any more. */
  readonly learn: (rows: readonly Seen[]) => void;
}

type Seen = Pick<DeliveryRow, 'endpoint' | 'endpointName' | 'listeningPost'>;

export function makeKnownChoices(): KnownChoices {
  const seenEndpoints = new Map<string, string>();
  const seenPosts = new Set<string>();
  return {
    endpoints: () => {
      const known = new Map(seenEndpoints);
      RED.nodes.eachConfig((node) => {
        if (node.type === 'webhook-endpoint') known.set(node.id, RED.utils.getNodeLabel(node, node.id));
        return undefined;
      });
      return byWords(known);
    },
    listeningPosts: () => {
      const known = new Set(seenPosts);
      RED.nodes.eachNode((node) => {
        const post =
          node.type === 'survey-webhook-out' && 'listeningPost' in node ? toText(node.listeningPost) : '';
        // What it says only the running flow knows.
        if (post !== '' && !holdsEnv(post)) known.add(post);
        return undefined;
      });
      return byWords(new Map([...known].map((post) => [post, post])));
    },
    learn: (rows) => {
      for (const { endpoint, endpointName, listeningPost } of rows) {
        if (!seenEndpoints.has(endpoint)) seenEndpoints.set(endpoint, endpointName || endpoint);
        if (listeningPost !== '') seenPosts.add(listeningPost);
      }
    },
  };
}

const byWords = (choices: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...choices].sort(([, one], [, other]) => one.localeCompare(other)));
