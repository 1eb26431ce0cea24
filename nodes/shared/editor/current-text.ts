import type { InputPrefix } from './show-when.ts';
import { toText } from './text.ts';

/** What a setting says now: in the open dialog, which is ahead of the node until it is closed, else in the node. */
export function currentText(node: EditorNode, prefix: InputPrefix, name: string): string {
  const input = $(`#${prefix}-${name}`);
  const settings = new Map<string, unknown>(Object.entries(node));
  return toText(input.length > 0 ? input.val() : settings.get(name));
}
