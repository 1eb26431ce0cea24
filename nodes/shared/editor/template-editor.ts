import { templateProblem } from './template-problem.ts';
import { isFilled, toText } from './text.ts';

interface TemplateParts {
  readonly template: string;
  /** The choice of the type of the template. */
  readonly type: JQuery;
  /** Says what is wrong with what is typed. */
  readonly problem: JQuery;
}

/** An editor for the text of a template, which must be destroyed with its dialog. */
export interface TemplateEditor {
  text(): string;
  resize(): void;
  destroy(): void;
}

/** Unquoted tags are no JSON, so a template of that type is edited as text. */
const modeOf = (type: string): string => (type === 'jsonata' ? 'ace/mode/jsonata' : 'ace/mode/text');

/** Puts an editor into the element of that id; its colours follow the type of the template. */
export function templateEditor(
  id: string,
  { template, type, problem }: TemplateParts,
  words: Words,
): TemplateEditor {
  const create = (value: string, mode: string): CodeEditor => {
    const created = RED.editor.createEditor({ id, mode, value, stateId: false });
    created.getSession().on('change', () => showProblem(created.getValue()));
    return created;
  };
  const showProblem = (text: string): void => {
    const found = isFilled(text) ? templateProblem(text, toText(type.val()), words) : undefined;
    problem.toggle(found !== undefined).text(found ?? '');
  };
  let mode = modeOf(toText(type.val()));
  let editor = create(template, mode);
  showProblem(template);
  type.on('change', () => {
    const text = editor.getValue();
    const wanted = modeOf(toText(type.val()));
    if (wanted !== mode) {
      mode = wanted;
      editor.destroy();
      editor = create(text, mode);
    }
    showProblem(text);
  });
  return { text: () => editor.getValue(), resize: () => editor.resize(), destroy: () => editor.destroy() };
}
