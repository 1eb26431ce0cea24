import { isFilled } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface HmacSign {
  name: string;
  secret: string;
  property: string;
}

RED.nodes.registerType<HmacSign>('hmac-sign', {
  category: 'survey hooks',
  color: '#C0AA35',
  icon: 'survey-hooks-sign.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    secret: { value: '', type: 'signing-secret', required: true },
    property: { value: 'payload', validate: check('hmac-sign.errors.property', isFilled) },
  },
  paletteLabel() {
    return this._('hmac-sign.label.palette');
  },
  label() {
    return this.name || this._('hmac-sign.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._('hmac-sign.output.signed');
  },
  oneditprepare() {
    const property = $('#node-input-property');
    if (property.val() === '') property.val('payload');
    property.typedInput({ default: 'msg', types: ['msg'] });
  },
});
