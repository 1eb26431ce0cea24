/** What a select of config nodes holds while none is chosen. */
const NONE = '_ADD_';

/** The signing secret that a dialog's select names; undefined = none is chosen, `gone` = it is not there, disabled or has errors. */
export function chosenSecret(id: string): EditorNode | 'gone' | undefined {
  if (id === '' || id === NONE) return undefined;
  const secret = RED.nodes.node(id);
  const isUsable = secret?.type === 'signing-secret' && secret.valid !== false && secret.d !== true;
  return isUsable ? secret : 'gone';
}
