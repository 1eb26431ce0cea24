interface RecordUpsert {
  name: string;
}

RED.nodes.registerType<RecordUpsert>('record-upsert', {
  category: 'survey hooks',
  color: '#C19F88',
  icon: 'survey-hooks-upsert.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
  },
  paletteLabel() {
    return this._('record-upsert.label.palette');
  },
  label() {
    return this.name || this._('record-upsert.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return index === 0 ? this._('record-upsert.output.stored') : this._('record-upsert.output.failed');
  },
});
