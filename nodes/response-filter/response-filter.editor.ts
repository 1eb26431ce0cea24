import {
  areClasses,
  areScores,
  areTexts,
  filterLabel,
  type FilterChoice,
} from '../shared/editor/filter-words.ts';
import { responseFilterForm } from '../shared/editor/response-filter-form.ts';
import { check, checkList } from '../shared/editor/validators.ts';

interface ResponseFilter extends FilterChoice {
  name: string;
}

/** The open dialog's. Dialogs of this type cannot lie over each other. */
let readForm: (() => FilterChoice) | undefined;

RED.nodes.registerType<ResponseFilter>('response-filter', {
  category: 'survey hooks',
  color: '#BC98C6',
  icon: 'survey-hooks-filter.svg',
  inputs: 1,
  outputs: 2,
  defaults: {
    name: { value: '' },
    sources: { value: [], validate: checkList('response-filter.errors.sources', areTexts) },
    ratings: { value: [], validate: checkList('response-filter.errors.ratings', areTexts) },
    classes: { value: [], validate: checkList('response-filter.errors.classes', areClasses) },
    scores: { value: '', validate: check('response-filter.errors.scores', areScores) },
    comment: { value: 'any' },
    drivers: { value: [], validate: checkList('response-filter.errors.drivers', areTexts) },
    driversMode: { value: 'any' },
  },
  paletteLabel() {
    return this._('response-filter.label.palette');
  },
  label() {
    return this.name || filterLabel(this, this._, RED.i18n.lang());
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    return this._(index === 0 ? 'response-filter.output.match' : 'response-filter.output.noMatch');
  },
  oneditprepare() {
    readForm = responseFilterForm($('#response-filter-form'), this, this._);
  },
  oneditsave() {
    Object.assign(this, readForm?.());
  },
});
