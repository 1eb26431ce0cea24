import { hasRole } from '../../../src/inbound/authenticators/has-role.ts';
import { parseDedupeRule } from '../../../src/inbound/deduplication/dedupe-rule.ts';
import { readApiKeys } from './api-keys.ts';
import { currentText } from './current-text.ts';
import { isSamePath } from './hook-path.ts';
import { chosenSecret, signsId } from './signing-choice.ts';
import { holdsEnv, toText } from './text.ts';

type Check = (text: string, hook: EditorNode) => boolean;

/** What a setting of a hook says now. */
const textOf = (hook: EditorNode, name: string): string => currentText(hook, 'node-input', name);
const isForm = (hook: EditorNode): boolean => textOf(hook, 'kind') === 'form';

/** A check that holds only while the hook asks for proof of that kind. */
export const whenAuth =
  (auth: string, isValid: Check): Check =>
  (text, hook) =>
    isForm(hook) || textOf(hook, 'auth') !== auth || isValid(text, hook);

/** A check that holds only while it is answered so. */
export const whenAnswer =
  (respond: string, isValid: (text: string) => boolean): Check =>
  (text, hook) =>
    textOf(hook, 'respond') !== respond || isValid(text);

/** A hook that is a form does not look at it. */
export const isSigningChosenWell: Check = (id, hook) => isForm(hook) || chosenSecret(id) !== 'gone';

/** Whether one of the keys lets anyone in. */
export const hasFitKey: Check = (text, hook) => {
  const role = textOf(hook, 'role').trim();
  return readApiKeys(text).some(({ roles }) =>
    holdsEnv(role) ? roles.length > 0 : hasRole({ roles }, role),
  );
};

/** Whether events can be known again by it; the id of a signature only where one is signed. */
export const isDedupe: Check = (text, hook) => {
  if (text.trim() === '') return true;
  const rule = parseDedupeRule(text);
  if (rule?.by !== 'signature') return rule !== undefined;
  if (isForm(hook)) return false;
  const secret = chosenSecret(textOf(hook, 'signing'));
  return secret === 'gone' || (secret !== undefined && signsId(secret));
};

/** Whether another hook in the editor would get requests of this path and one of the same methods. */
export function isTaken(path: string, hook: EditorNode): boolean {
  const own = methodsOf(hook);
  let taken = false;
  RED.nodes.eachNode((node) => {
    if (node.type !== 'inbound-hook-in' || node.id === hook.id || node.d === true) return undefined;
    const isShared = methodsOf(node).some((method) => own.includes(method));
    if (isShared && isSamePath(toText((node as EditorNode & { path?: unknown }).path), path)) taken = true;
    return undefined;
  });
  return taken;
}

const methodsOf = (hook: EditorNode): readonly string[] =>
  (hook as EditorNode & { methods?: readonly string[] }).methods ?? [];
