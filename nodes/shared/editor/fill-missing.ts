import type { InputPrefix } from './show-when.ts';

/** Puts the default into the inputs of settings that the node lacks, as one has that an older version or a script made. */
export function fillMissing(node: EditorNode, prefix: InputPrefix): void {
  const settings = new Map<string, unknown>(Object.entries(node));
  for (const [name, { value, type }] of Object.entries(node._def.defaults)) {
    const input = $(`#${prefix}-${name}`);
    // Of config nodes the editor chooses none by itself, with a value of its own.
    if (settings.get(name) !== undefined || type !== undefined) continue;
    if (typeof value === 'boolean') input.prop('checked', value);
    else if (typeof value === 'string' || typeof value === 'number') input.val(value);
  }
}
