import { fillMissing } from '../shared/editor/fill-missing.ts';

interface SurveyResponse {
  name: string;
  source: string;
}

RED.nodes.registerType<SurveyResponse>('survey-response', {
  category: 'survey hooks',
  color: '#D8BFD8',
  icon: 'survey-hooks-response.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    source: { value: 'auto' },
  },
  paletteLabel() {
    return this._('survey-response.label.palette');
  },
  label() {
    return this.name || this._('survey-response.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
  },
});
