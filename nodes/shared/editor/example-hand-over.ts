import type { ExampleField } from './example-fields.ts';

/** Takes the fields of an example into a dialog. */
export type TakeExample = (fields: readonly ExampleField[]) => void;

/** Dialogs belong to nodes, and what has an example may be a part of its own: they meet at the editor's events. */
const EVENT = 'survey-hooks:mapping-dialog';

/** What is told of a dialog; without `take` it is closed. */
interface MappingDialog {
  readonly id: string;
  readonly take?: TakeExample;
}

/** Lets an open dialog of a node take examples. Answers what ends that. */
export function takeExamples(id: string, take: TakeExample): () => void {
  const tell = (dialog: MappingDialog): void => RED.events.emit(EVENT, dialog);
  tell({ id, take });
  return () => tell({ id });
}

/** A dialog slides in within a second; an example that was not taken by then must not turn up in a later one. */
const OPENING_MS = 10_000;

/**
 * Hands examples to dialogs. Gives a function that hands one to the dialog of a node, which it opens; false where another dialog is
 * in the way.
 */
export function makeExampleGiver(): (node: EditorNode, fields: readonly ExampleField[]) => boolean {
  const open = new Map<string, TakeExample>();
  let waiting: { readonly id: string; readonly fields: readonly ExampleField[] } | undefined;
  RED.events.on(EVENT, (dialog) => {
    // Only `takeExamples` tells of dialogs.
    const { id, take } = dialog as MappingDialog;
    if (!take) {
      open.delete(id);
      return;
    }
    open.set(id, take);
    if (waiting?.id !== id) return;
    const { fields } = waiting;
    waiting = undefined;
    take(fields);
  });
  return (node, fields) => {
    const take = open.get(node.id);
    if (take) {
      take(fields);
      return true;
    }
    // Two dialogs of one kind over each other share the ids of their elements.
    if (RED.editor.getEditStack().length > 0) return false;
    const mine = { id: node.id, fields };
    waiting = mine;
    setTimeout(() => {
      if (waiting === mine) waiting = undefined;
    }, OPENING_MS);
    openDialog(node);
    return true;
  };
}

function openDialog(node: EditorNode): void {
  if (node._def.category === 'config') RED.editor.editConfig('', node.type, node.id);
  else RED.editor.edit(node);
}
