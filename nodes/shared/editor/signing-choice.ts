import { isSchemeId, SCHEME_FACTS } from '../../../src/signature/scheme-facts.ts';
import { genericFacts } from './generic-scheme.ts';
import { toText } from './text.ts';

/** What a select of config nodes holds while none is chosen. */
const NONE = '_ADD_';

/** The signing secret that a dialog's select names; undefined = none is chosen, `gone` = it is not there, disabled or has errors. */
export function chosenSecret(id: string): EditorNode | 'gone' | undefined {
  if (id === '' || id === NONE) return undefined;
  const secret = RED.nodes.node(id);
  const isUsable = secret?.type === 'signing-secret' && secret.valid !== false && secret.d !== true;
  return isUsable ? secret : 'gone';
}

/** Whether what is signed with the secret holds an id of the event. */
export function signsId(secret: EditorNode): boolean {
  const { scheme, template, timestampHeader } = secret as EditorNode & Readonly<Record<string, unknown>>;
  const id = toText(scheme);
  if (id === 'generic')
    return genericFacts({ template: toText(template), timestampHeader: toText(timestampHeader) }).signsId;
  return isSchemeId(id) && SCHEME_FACTS[id].signsId;
}
