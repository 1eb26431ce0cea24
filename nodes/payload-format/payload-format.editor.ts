import { endpointOffers, type EndpointOffers } from '../shared/editor/endpoint-offers.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { formatFactsLine } from '../shared/editor/format-facts-line.ts';
import { wordOf } from '../shared/editor/format-words.ts';
import { fillOptions, readOptions, toOptions, type Options } from '../shared/editor/option-inputs.ts';
import { hasRequired, markRequired } from '../shared/editor/required-options.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { templateEditor, type TemplateEditor } from '../shared/editor/template-editor.ts';
import { templateProblem } from '../shared/editor/template-problem.ts';
import { toText } from '../shared/editor/text.ts';
import { checkReason, checkValue } from '../shared/editor/validators.ts';

interface PayloadFormat {
  name: string;
  format: string;
  options: Options;
  template: string;
  templateType: string;
}

/** Of the open dialog. Dialogs of this type cannot lie over each other. */
let editor: TemplateEditor | undefined;
let offers: EndpointOffers | undefined;

function closeDialog(): void {
  editor?.destroy();
  editor = undefined;
  offers = undefined;
}

const optionGroup = (format: string): JQuery => $(`#payload-format-dialog [data-options="${format}"]`);

RED.nodes.registerType<PayloadFormat>('payload-format', {
  category: 'survey hooks',
  color: '#DDA343',
  icon: 'survey-hooks-format.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    format: { value: 'cio-pulse' },
    options: {
      value: {},
      validate: checkValue('payload-format.errors.options', (options, node) => {
        const { format } = node as EditorNode & Partial<PayloadFormat>;
        return hasRequired(toText(format), toOptions(options));
      }),
    },
    template: {
      value: '',
      validate: checkReason((template, node) => {
        const { format, templateType } = node as EditorNode & Partial<PayloadFormat>;
        return format === 'template' ? templateProblem(template, toText(templateType), node._) : undefined;
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
    const format = $('#node-input-format');
    fillOptions(optionGroup(toText(format.val())), toOptions(this.options));
    markRequired('jira-request', optionGroup('jira-request'));
    formatFactsLine(format, $('#payload-format-facts'), this._);
    offers = endpointOffers(this, format, $('#payload-format-offers'));
    editor = templateEditor(
      'payload-format-template',
      {
        template: toText(this.template),
        type: $('#node-input-templateType'),
        problem: $('#payload-format-problem'),
      },
      this._,
    );
  },
  oneditsave() {
    this.options = readOptions(optionGroup(toText($('#node-input-format').val())));
    this.template = editor?.text() ?? this.template;
    const history = offers?.apply() ?? [];
    closeDialog();
    return history.length > 0 ? { changed: true, history } : undefined;
  },
  oneditcancel() {
    closeDialog();
  },
  oneditdelete() {
    closeDialog();
  },
  oneditresize() {
    editor?.resize();
  },
});
