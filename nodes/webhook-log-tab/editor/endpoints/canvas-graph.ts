import { toText } from '../../../shared/editor/text.ts';
import { inPoint, outPoint, type FlowGraph, type GraphNode, type GraphWire } from './find-sources.ts';

type LinkNode = EditorNode & { readonly links?: unknown; readonly mode?: unknown };

/** The canvas as it stands in the editor, deployed or not. */
export function readCanvasGraph(): FlowGraph {
  const nodes: GraphNode[] = [];
  const wires: GraphWire[] = [];
  RED.nodes.eachNode((node) => {
    nodes.push(graphNodeOf(node));
    return undefined;
  });
  RED.nodes.eachLink(({ source, sourcePort, target }) => {
    wires.push({ from: pointOf(source), port: sourcePort, to: pointOf(target) });
    return undefined;
  });
  return { nodes, wires };
}

function graphNodeOf(node: LinkNode): GraphNode {
  const { id, type, links, mode } = node;
  return {
    id,
    type,
    isOff: isOff(node),
    links: Array.isArray(links) ? links.map(toText) : [],
    isReturn: mode === 'return',
  };
}

const isOff = ({ d, z }: EditorNode): boolean =>
  d === true || (z !== undefined && RED.nodes.workspace(z)?.disabled === true);

/** A port of a subflow is an end of wires within it. */
function pointOf({ id, direction, z = '', i = 0 }: LinkEnd): string {
  if (direction === 'in') return inPoint(z);
  return direction === 'out' ? outPoint(z, i) : id;
}
