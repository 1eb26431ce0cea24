import { toIds } from '../../../../src/delivery/endpoint/endpoint-ids.ts';
import { changeNode } from '../../../shared/editor/change-node.ts';
import { countUser } from '../../../shared/editor/endpoint-users.ts';

/** A node of the canvas, in words. */
export interface CanvasNode {
  readonly id: string;
  readonly label: string;
  /** What people call the flow or the subflow that it stands in. */
  readonly flow: string;
}

/** An out node of the canvas, as it is for one endpoint. */
export interface OutNode extends CanvasNode {
  /** It sends to the endpoint once what is on the canvas is deployed. */
  readonly isLinked: boolean;
  /** Its flow is locked. */
  readonly isLocked: boolean;
}

/** The out nodes that can send to an endpoint, in the order of flow and label; nothing where the endpoint is not on the canvas. */
export function outNodesFor(endpointId: string): readonly OutNode[] {
  const endpoint = RED.nodes.node(endpointId);
  if (!endpoint) return [];
  const found: OutNode[] = [];
  RED.nodes.eachNode((node) => {
    const canSee = !endpoint.z || endpoint.z === node.z;
    if (node.type !== 'survey-webhook-out' || !canSee) return undefined;
    const isLinked = endpointsOf(node).includes(endpointId);
    const isLocked = flowOf(node)?.locked === true;
    found.push({ ...inWords(node), isLinked, isLocked });
    return undefined;
  });
  return found.sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

/** A node of the canvas by its id; undefined where it is gone. */
export function canvasNode(id: string): CanvasNode | undefined {
  const node = RED.nodes.node(id);
  return node ? inWords(node) : undefined;
}

/** Links an out node to an endpoint or unlinks it, on the canvas alone: one step of the editor's history undoes it. */
export function setLinked(nodeId: string, endpointId: string, isLinked: boolean): void {
  const node = RED.nodes.node(nodeId);
  if (!node) return;
  const others = endpointsOf(node).filter((id) => id !== endpointId);
  const endpoints = isLinked ? [...others, endpointId] : others;
  RED.history.push(changeNode(node, { endpoints }));
  countUser(node, endpoints);
  RED.nodes.dirty(true);
  // Only then is the mark of a change drawn.
  Object.assign(node, { dirty: true });
  RED.view.redraw();
}

const endpointsOf = (node: EditorNode & { readonly endpoints?: unknown }): string[] => toIds(node.endpoints);

const nameOf = ({ flow, label }: CanvasNode): string => `${flow} ${label}`;

const inWords = (node: EditorNode): CanvasNode => {
  const flow = flowOf(node);
  return {
    id: node.id,
    label: RED.utils.getNodeLabel(node, node.type),
    flow: flow?.label ?? flow?.name ?? '',
  };
};

function flowOf({ z }: EditorNode): EditorFlow | null | undefined {
  return z === undefined ? undefined : (RED.nodes.workspace(z) ?? RED.nodes.subflow(z));
}
