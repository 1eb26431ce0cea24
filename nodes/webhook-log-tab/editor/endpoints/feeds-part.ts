import type { EndpointRow } from './endpoint-row.ts';
import { makeLinkChoice } from './link-choice.ts';
import { addNodeLink } from './node-link.ts';
import { canvasNode, outNodesFor, type CanvasNode } from './out-nodes.ts';

/** Finds what feeds a node, by its id. */
export type FindSources = (nodeId: string) => readonly string[];

/** Shows the out nodes that send to an endpoint and the sources that feed them, as the canvas stands, and lets a person change the nodes. */
export function makeFeedsPart(endpointId: string, words: Words, onChanged: () => void) {
  const say = (key: string, values?: Record<string, number>): string =>
    words(`webhook-log-tab.endpoints.feeds.${key}`, values);
  const summary = $('<summary>');
  const sources = $('<ul>');
  const noSource = $('<p class="survey-hooks-log-dim">').text(say('no-source'));
  const nodes = $('<ul>');
  const noNode = $('<p class="survey-hooks-log-dim">').text(say('no-node'));
  const isOther = $('<p role="status">').text(say('not-deployed'));
  const choice = makeLinkChoice(endpointId, words, onChanged);
  const element = $('<details class="survey-hooks-log-feeds">').append(
    summary,
    $('<h4>').text(say('sources')),
    sources,
    noSource,
    $('<h4>').text(say('nodes')),
    nodes,
    noNode,
    isOther,
    choice.button,
    choice.element,
  );
  let shown = '';

  const showLists = (linked: readonly CanvasNode[], feeding: readonly CanvasNode[]): void => {
    summary.text(say('summary', { sources: feeding.length, nodes: linked.length }));
    const now = JSON.stringify([linked, feeding]);
    // Who is about to press one must not lose it.
    if (now === shown) return;
    shown = now;
    fill({ list: sources, none: noSource }, feeding, words);
    fill({ list: nodes, none: noNode }, linked, words);
  };
  const show = (row: EndpointRow, findSources: FindSources): void => {
    const linked = linkedOnCanvas(row);
    const found = new Set(linked.flatMap(({ id }) => findSources(id)));
    const feeding = [...found].flatMap((id) => canvasNode(id) ?? []);
    showLists(linked, feeding);
    isOther.prop('hidden', isSame(linked, row.linkedNodes));
    choice.refresh();
  };
  return { element, show };
}

/** An endpoint in a subflow runs under another id than it has on the canvas: for that one, what runs is all there is to show. */
function linkedOnCanvas({ id, linkedNodes }: EndpointRow): readonly CanvasNode[] {
  if (RED.nodes.node(id)) return outNodesFor(id).filter(({ isLinked }) => isLinked);
  return linkedNodes.map(({ id: nodeId, name, type, flow }) => ({ id: nodeId, label: name || type, flow }));
}

function isSame(canvas: readonly CanvasNode[], deployed: EndpointRow['linkedNodes']): boolean {
  const ids = new Set(deployed.map(({ id }) => id));
  return canvas.length === ids.size && canvas.every(({ id }) => ids.has(id));
}

interface Filled {
  readonly list: JQuery;
  /** In its place where there is nothing to list. */
  readonly none: JQuery;
}

function fill({ list, none }: Filled, nodes: readonly CanvasNode[], words: Words): void {
  list.empty().prop('hidden', nodes.length === 0);
  none.prop('hidden', nodes.length > 0);
  for (const node of nodes) addNodeLink(list, node, words);
}
