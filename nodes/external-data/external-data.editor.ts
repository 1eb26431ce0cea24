import { fillMissing } from '../shared/editor/fill-missing.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { subjectInput } from '../shared/editor/subject-input.ts';
import { isFilled } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface ExternalData {
  name: string;
  group: string;
  action: string;
  subject: string;
  subjectType: string;
}

RED.nodes.registerType<ExternalData>('external-data', {
  category: 'survey hooks',
  color: '#C19F88',
  icon: 'survey-hooks-external-data.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    group: { value: '', type: 'external-data-group', required: true },
    action: { value: 'get' },
    subject: { value: 'survey.ticketId', validate: check('external-data.errors.subject', isFilled) },
    subjectType: { value: 'msg' },
  },
  paletteLabel() {
    return this._('external-data.label.palette');
  },
  label() {
    return this.name || this._('external-data.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    showWhen('node-input', '#external-data-dialog');
    subjectInput(
      {
        group: $('#node-input-group'),
        subject: $('#node-input-subject'),
        subjectType: $('#node-input-subjectType'),
        hint: $('#external-data-subject-hint'),
      },
      (kind) => this._(`external-data.subject.${kind}`),
    );
  },
});
