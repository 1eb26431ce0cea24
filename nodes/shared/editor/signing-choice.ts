import { isSchemeId, SCHEME_FACTS } from '../../../src/signature/scheme-facts.ts';
import { chosenConfig } from './config-choice.ts';
import { genericFacts } from './generic-scheme.ts';
import { toText } from './text.ts';

/** The signing secret that a dialog's select names; undefined = none is chosen, `gone` = it is not there, disabled or has errors. */
export const chosenSecret = (id: string): EditorNode | 'gone' | undefined =>
  chosenConfig(id, 'signing-secret');

/** Whether what is signed with the secret holds an id of the event. */
export function signsId(secret: EditorNode): boolean {
  const { scheme, template, timestampHeader } = secret as EditorNode & Readonly<Record<string, unknown>>;
  const id = toText(scheme);
  if (id === 'generic')
    return genericFacts({ template: toText(template), timestampHeader: toText(timestampHeader) }).signsId;
  return isSchemeId(id) && SCHEME_FACTS[id].signsId;
}
