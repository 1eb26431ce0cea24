import { fillMissing } from '../shared/editor/fill-missing.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { isFilled, isWholeNumber } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface RecordLookup {
  name: string;
  lookup: string;
  value: string;
  valueType: string;
  days: number;
}

/** Look-ups that are about one account or contact. */
const WITH_VALUE: readonly unknown[] = ['account', 'contact', 'activities'];

RED.nodes.registerType<RecordLookup>('record-lookup', {
  category: 'survey hooks',
  color: '#C19F88',
  icon: 'survey-hooks-lookup.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    lookup: { value: 'account' },
    value: {
      value: 'payload',
      validate: check('record-lookup.errors.value', (value, node) => {
        const { lookup } = node as EditorNode & Partial<RecordLookup>;
        return !WITH_VALUE.includes(lookup) || isFilled(value);
      }),
    },
    valueType: { value: 'msg' },
    days: { value: 30, validate: check('record-lookup.errors.days', isWholeNumber(1, 36_500)) },
  },
  paletteLabel() {
    return this._('record-lookup.label.palette');
  },
  label() {
    return this.name || this._('record-lookup.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    showWhen('node-input', '#record-lookup-dialog');
    $('#node-input-value').typedInput({
      default: 'msg',
      types: ['msg', 'flow', 'global', 'str', 'env', 'jsonata'],
      typeField: $('#node-input-valueType'),
    });
  },
});
