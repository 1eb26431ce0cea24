/**
 * Changes settings of another node than the dialog's, as its own dialog would: it counts as changed and is looked at again, and
 * so are its users. Returns what the editor's history needs to undo it, for `oneditsave` to give back or `RED.history` to keep.
 */
export function changeNode(node: EditorNode, settings: Readonly<Record<string, unknown>>): HistoryEvent {
  const before = new Map<string, unknown>(Object.entries(node));
  const changes = Object.fromEntries(Object.keys(settings).map((name) => [name, before.get(name)]));
  const event: HistoryEvent = { t: 'edit', node, changes, changed: node.changed, dirty: RED.nodes.dirty() };
  Object.assign(node, settings);
  node.changed = true;
  for (const checked of [node, ...(node.users ?? [])]) RED.editor.validateNode(checked);
  RED.events.emit('nodes:change', node);
  return event;
}
