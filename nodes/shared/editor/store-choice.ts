interface StoreChoiceParts {
  /** Says which store is used. */
  label: JQuery;
  edit: JQuery;
}

/** The store that is used: the first that is not disabled. */
function findStore(): EditorNode | undefined {
  let store: EditorNode | undefined;
  RED.nodes.eachConfig((config) => {
    if (config.type === 'hook-store' && config.d !== true) store ??= config;
    return undefined;
  });
  return store;
}

/**
 * Shows the one store of Node-RED and opens its dialog. No setting names a store, so that without this a person could
 * make one only by importing it. Returns what ends its listening.
 */
export function storeChoice({ label, edit }: StoreChoiceParts, node: EditorNode): () => void {
  const update = (): void => {
    const store = findStore();
    label.text(store ? RED.utils.getNodeLabel(store, store.id) : node._('survey-webhook-out.store.default'));
  };
  edit.on('click', (event) => {
    event.preventDefault();
    RED.editor.editConfig('', 'hook-store', findStore()?.id ?? '_ADD_', null, node);
  });
  const events = ['nodes:add', 'nodes:change', 'nodes:remove'] as const;
  for (const event of events) RED.events.on(event, update);
  update();
  return () => events.forEach((event) => RED.events.off(event, update));
}
