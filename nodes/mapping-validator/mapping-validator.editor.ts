import { isFilled } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface MappingValidator {
  name: string;
  mapping: string;
  property: string;
}

RED.nodes.registerType<MappingValidator>('mapping-validator', {
  category: 'survey hooks',
  color: '#A5B256',
  icon: 'survey-hooks-validator.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    mapping: { value: '', type: 'inbound-mapping', required: true },
    property: { value: 'payload', validate: check('mapping-validator.errors.property', isFilled) },
  },
  paletteLabel() {
    return this._('mapping-validator.label.palette');
  },
  label() {
    return this.name || this._('mapping-validator.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return index === 0
      ? this._('mapping-validator.output.valid')
      : this._('mapping-validator.output.invalid');
  },
  oneditprepare() {
    const property = $('#node-input-property');
    if (property.val() === '') property.val('payload');
    property.typedInput({ default: 'msg', types: ['msg'] });
  },
});
