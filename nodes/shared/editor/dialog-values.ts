import type { InputPrefix } from './show-when.ts';
import { toText } from './text.ts';

/** What a select of config nodes holds while none is chosen. */
const NONE = '_ADD_';

/**
 * The settings of a node as its open dialog has them, saved or not: checkboxes as booleans, all else as text, config nodes by their
 * ids. Settings without an input of their own are not among them.
 */
export function dialogValues(node: EditorNode, prefix: InputPrefix): Record<string, string | boolean> {
  const values: Record<string, string | boolean> = {};
  for (const name of Object.keys(node._def.defaults)) {
    const input = $(`#${prefix}-${name}`);
    if (input.length === 0) continue;
    const text = toText(input.val());
    values[name] =
      input.attr('type') === 'checkbox' ? input.prop('checked') === true : text === NONE ? '' : text;
  }
  return values;
}
