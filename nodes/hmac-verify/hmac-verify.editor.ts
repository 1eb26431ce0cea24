interface HmacVerify {
  name: string;
  secret: string;
}

RED.nodes.registerType<HmacVerify>('hmac-verify', {
  category: 'survey hooks',
  color: '#C0AA35',
  icon: 'survey-hooks-verify.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    secret: { value: '', type: 'signing-secret', required: true },
  },
  paletteLabel() {
    return this._('hmac-verify.label.palette');
  },
  label() {
    return this.name || this._('hmac-verify.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return index === 0 ? this._('hmac-verify.output.verified') : this._('hmac-verify.output.rejected');
  },
});
