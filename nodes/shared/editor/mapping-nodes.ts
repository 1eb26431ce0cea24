import { needsMap } from './map-entry.ts';
import { toText } from './text.ts';

/** How the editor names the outputs of a node. */
const OUTPUTS = 0;

interface Settings {
  readonly mapping?: unknown;
  readonly map?: unknown;
  readonly source?: unknown;
  /** Of a link node: the ids of those at the other end. */
  readonly links?: readonly string[];
}

/** The nodes of the editor that map what comes in: inbound mappings, and survey responses that have a mapping. */
export interface MappingNodes {
  /** Those that what a node sends comes to. */
  readonly reached: readonly EditorNode[];
  readonly others: readonly EditorNode[];
}

/** Finds them; without a node none is reached. */
export function findMappingNodes(from: EditorNode | null | undefined): MappingNodes {
  const reached = new Set(from ? mappingsBehind(from) : []);
  const all: EditorNode[] = [];
  const visit = (node: EditorNode): undefined => {
    if (isMapping(node)) all.push(node);
  };
  RED.nodes.eachConfig(visit);
  RED.nodes.eachNode(visit);
  return { reached: [...reached], others: all.filter((node) => !reached.has(node)) };
}

function mappingsBehind(from: EditorNode): EditorNode[] {
  const found: EditorNode[] = [];
  // A set goes on with what is added while it is walked, so a loop of wires ends.
  const passed = new Set([from]);
  for (const node of passed) {
    const mapping = mappingOf(node);
    if (mapping) found.push(mapping);
    for (const next of nodesAfter(node)) passed.add(next);
  }
  return found;
}

/** A node that maps by itself, or the mapping that it uses. */
function mappingOf(node: EditorNode & Settings): EditorNode | undefined {
  const used = node.type === 'mapping-validator' ? RED.nodes.node(toText(node.mapping)) : node;
  return used && isMapping(used) ? used : undefined;
}

function isMapping(node: EditorNode & Settings): boolean {
  if (node.type === 'inbound-mapping') return true;
  const hasRows = Array.isArray(node.map) && node.map.length > 0;
  return node.type === 'survey-response' && (hasRows || needsMap(toText(node.source)));
}

function nodesAfter(node: EditorNode & Settings): EditorNode[] {
  const wired = RED.nodes.getNodeLinks(node.id, OUTPUTS).map(({ target }) => target);
  const isLink = node.type === 'link out' || node.type === 'link call';
  const linked = isLink ? (node.links ?? []).flatMap((id) => RED.nodes.node(id) ?? []) : [];
  return [...wired, ...linked];
}
