/** A node of the canvas, as far as messages go through it. */
export interface GraphNode {
  readonly id: string;
  readonly type: string;
  /** It, or the flow it stands in, is disabled: no message passes. */
  readonly isOff: boolean;
  /** Where it is a link node: the ids of the link nodes it is linked to, and whether it sends back to who called. */
  readonly links?: readonly string[];
  readonly isReturn?: boolean;
}

/** A wire. What comes into a subflow comes from `inPoint` of it, and what leaves goes to an `outPoint` of it. */
export interface GraphWire {
  readonly from: string;
  /** The number of the output it begins at. */
  readonly port: number;
  readonly to: string;
}

/** The canvas as it stands in the editor. */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly GraphWire[];
}

export const inPoint = (subflow: string): string => `in:${subflow}`;
export const outPoint = (subflow: string, port: number): string => `out:${subflow}:${port}`;

const SUBFLOW = 'subflow:';

/** A place that is reached going up the wires, and the instances of subflows that were entered on the way. */
interface Place {
  readonly at: string;
  readonly inside: readonly string[];
}

/**
 * Finds the nodes of some types whose messages can come to a node: along wires against their direction, through link nodes, and through
 * subflows, of which only the instance that was entered is left again. Gives a function that answers their ids, the nearest first.
 */
export function sourceFinder(graph: FlowGraph, sourceTypes: ReadonlySet<string>): (id: string) => string[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const before = groupedBy([...graph.wires, ...linkWires(graph.nodes)], ({ to }) => to);
  const instances = groupedBy(graph.nodes, ({ type }) => type);

  const placesBefore = ({ at, inside }: Place): Place[] =>
    (before.get(at) ?? []).flatMap(({ from, port }) => {
      const node = nodes.get(from);
      if (node?.isOff) return [];
      if (node?.type.startsWith(SUBFLOW)) return entered({ node, port, inside });
      return from.startsWith('in:') ? left(from.slice('in:'.length), inside) : [{ at: from, inside }];
    });
  const left = (subflow: string, inside: readonly string[]): Place[] => {
    const entry = inside.at(-1);
    if (entry !== undefined) return [{ at: entry, inside: inside.slice(0, -1) }];
    const all = instances.get(SUBFLOW + subflow) ?? [];
    return all.filter(({ isOff }) => !isOff).map(({ id }) => ({ at: id, inside }));
  };

  return (id) => {
    const places = new Map<string, Place>([[id, { at: id, inside: [] }]]);
    // A map goes on with what is added while it is walked, so a loop of wires ends.
    for (const place of places.values())
      for (const next of placesBefore(place)) {
        const key = [next.at, ...next.inside].join(' ');
        if (!places.has(key)) places.set(key, next);
      }
    const reached = new Set([...places.values()].map(({ at }) => at));
    return [...reached].filter((at) => at !== id && sourceTypes.has(nodes.get(at)?.type ?? ''));
  };
}

/** Out of an instance comes what goes to the out point of its subflow; a subflow that holds itself is not entered twice. */
function entered({
  node,
  port,
  inside,
}: {
  node: GraphNode;
  port: number;
  inside: readonly string[];
}): Place[] {
  if (inside.includes(node.id)) return [];
  return [{ at: outPoint(node.type.slice(SUBFLOW.length), port), inside: [...inside, node.id] }];
}

/** The ways between link nodes, from the one that sends to the one that takes; each end may be the one that names it. */
function linkWires(nodes: readonly GraphNode[]): GraphWire[] {
  const types = new Map(nodes.map(({ id, type }) => [id, type]));
  const senders = nodes.filter(({ type, isReturn }) => ['link out', 'link call'].includes(type) && !isReturn);
  const senderIds = new Set(senders.map(({ id }) => id));
  const wire = (from: string, to: string): GraphWire => ({ from, port: 0, to });
  return [
    ...senders.flatMap(({ id, links = [] }) =>
      links.filter((to) => types.get(to) === 'link in').map((to) => wire(id, to)),
    ),
    ...nodes
      .filter(({ type }) => type === 'link in')
      .flatMap(({ id, links = [] }) =>
        links.filter((from) => senderIds.has(from)).map((from) => wire(from, id)),
      ),
  ];
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
