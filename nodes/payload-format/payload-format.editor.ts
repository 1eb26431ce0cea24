import { fillMissing } from '../shared/editor/fill-missing.ts';
import { fillOptions, readOptions, type Options } from '../shared/editor/option-inputs.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { templateEditor, type TemplateEditor } from '../shared/editor/template-editor.ts';
import { isFilled, toText } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface PayloadFormat {
  name: string;
  format: string;
  options: Options;
  template: string;
  templateType: string;
}

/** The open dialog's. Dialogs of this type cannot lie over each other. */
let editor: TemplateEditor | undefined;

/** The key of a format's word in the catalogue: `freshdesk-ticket` is at `freshdeskTicket`. */
const wordOf = (format: string): string =>
  format.replaceAll(/-([a-z])/g, (_, first: string) => first.toUpperCase());

const optionGroup = (format: string): JQuery => $(`#payload-format-dialog [data-options="${format}"]`);

RED.nodes.registerType<PayloadFormat>('payload-format', {
  category: 'survey hooks',
  color: '#DEBD5C',
  icon: 'survey-hooks-format.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    format: { value: 'cio-pulse' },
    options: { value: {} },
    template: {
      value: '',
      validate: check('payload-format.errors.template', (template, node) => {
        const { format } = node as EditorNode & Partial<PayloadFormat>;
        return format !== 'template' || isFilled(template);
      }),
    },
    templateType: { value: 'json' },
  },
  paletteLabel() {
    return this._('payload-format.label.palette');
  },
  label() {
    return this.name || this._(`payload-format.format.${wordOf(this.format)}`);
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    showWhen('node-input', '#payload-format-dialog');
    fillOptions(optionGroup(this.format), this.options);
    editor = templateEditor('payload-format-template', this.template, $('#node-input-templateType'));
  },
  oneditsave() {
    this.options = readOptions(optionGroup(toText($('#node-input-format').val())));
    this.template = editor?.text() ?? this.template;
    editor?.destroy();
    editor = undefined;
  },
  oneditcancel() {
    editor?.destroy();
    editor = undefined;
  },
  oneditresize() {
    editor?.resize();
  },
});
