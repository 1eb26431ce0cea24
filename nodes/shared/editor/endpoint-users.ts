import { toIds } from '../../../src/delivery/endpoint/endpoint-ids.ts';

const isOutNode = (node: EditorNode): node is EditorNode & { endpoints: unknown } =>
  node.type === 'survey-webhook-out';

/** Counts a node as a user of those endpoints and of no other. */
export function countUser(user: EditorNode, endpoints: readonly string[]): void {
  RED.nodes.eachConfig((config) => {
    if (config.type !== 'webhook-endpoint' || !config.users) return undefined;
    const at = config.users.findIndex(({ id }) => id === user.id);
    const uses = endpoints.includes(config.id);
    if (uses && at < 0) config.users.push(user);
    if (!uses && at >= 0) config.users.splice(at, 1);
    return undefined;
  });
}

/**
 * Keeps the endpoints' lists of users true. The editor does that itself for a setting that names one config node, not
 * for one that names several: without it, each endpoint counts as unused and every Deploy says so.
 */
export function watchEndpointUsers(): void {
  RED.events.on('nodes:add', (node) => {
    if (isOutNode(node)) countUser(node, toIds(node.endpoints));
  });
  RED.events.on('nodes:remove', (node) => {
    if (isOutNode(node)) countUser(node, []);
    else if (node.type === 'webhook-endpoint') restoreLists();
  });
}

/** Makes a list again of what the editor turned into a text when it removed the only endpoint of a node. */
function restoreLists(): void {
  RED.nodes.eachNode((node) => {
    if (isOutNode(node) && !Array.isArray(node.endpoints)) node.endpoints = toIds(node.endpoints);
    return undefined;
  });
}
