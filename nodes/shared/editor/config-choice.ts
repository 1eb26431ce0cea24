/** What a select of config nodes holds while none is chosen. */
const NONE = '_ADD_';

/** The config node that a dialog's select names; undefined = none is chosen, `gone` = it is not there, disabled or has errors. */
export function chosenConfig(id: string, type: string): EditorNode | 'gone' | undefined {
  if (id === '' || id === NONE) return undefined;
  const config = RED.nodes.node(id);
  const isUsable = config?.type === type && config.valid !== false && config.d !== true;
  return isUsable ? config : 'gone';
}
