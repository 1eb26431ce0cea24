import { toText } from './text.ts';

/** An editor for the text of a template, which must be destroyed with its dialog. */
export interface TemplateEditor {
  text(): string;
  resize(): void;
  destroy(): void;
}

/** Unquoted tags are no JSON, so a template of that type is edited as text. */
const modeOf = (type: string): string => (type === 'jsonata' ? 'ace/mode/jsonata' : 'ace/mode/text');

/** Puts an editor into the element of that id; its colours follow the type of the template. */
export function templateEditor(id: string, template: string, type: JQuery): TemplateEditor {
  const create = (value: string, mode: string): CodeEditor =>
    RED.editor.createEditor({ id, mode, value, stateId: false });
  let mode = modeOf(toText(type.val()));
  let editor = create(template, mode);
  type.on('change', () => {
    const wanted = modeOf(toText(type.val()));
    if (wanted === mode) return;
    mode = wanted;
    const text = editor.getValue();
    editor.destroy();
    editor = create(text, mode);
  });
  return { text: () => editor.getValue(), resize: () => editor.resize(), destroy: () => editor.destroy() };
}
