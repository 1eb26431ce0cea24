import { currentText } from '../shared/editor/current-text.ts';
import { fillFromRequests } from '../shared/editor/fill-from-requests.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { areMapEntries, needsMap, type MapEntry } from '../shared/editor/map-entry.ts';
import { fillResponseMap, readResponseMap, responseMap } from '../shared/editor/response-map.ts';
import { scaleHints } from '../shared/editor/scale-hints.ts';
import { isScale, isScaleEnd } from '../shared/editor/scale-text.ts';
import { sourceChoice } from '../shared/editor/source-choice.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { check, checkValue } from '../shared/editor/validators.ts';

interface SurveyResponse {
  name: string;
  source: string;
  map: MapEntry[];
  metric: string;
  scaleMin: string;
  scaleMax: string;
  direction: string;
  factors: string;
}

const input = (name: string): JQuery => $(`#node-input-${name}`);
const textOf = (node: EditorNode, name: string): string => currentText(node, 'node-input', name);

/** Ends what the open dialog listens to. Dialogs of this type cannot lie over each other. */
let stopFilling = (): void => undefined;

/** NPS has one scale, whatever stands in the settings of another. */
const whenScaled =
  (isValid: (text: string, node: EditorNode) => boolean) =>
  (text: string, node: EditorNode): boolean =>
    !['csat', 'ces'].includes(textOf(node, 'metric')) || isValid(text, node);

RED.nodes.registerType<SurveyResponse>('survey-response', {
  category: 'survey hooks',
  color: '#BC98C6',
  icon: 'survey-hooks-response.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    source: { value: 'auto' },
    map: {
      value: [],
      validate: checkValue('survey-response.errors.map', (value, node) => {
        const rows: unknown[] = Array.isArray(value) ? value : [];
        const source = textOf(node, 'source');
        return areMapEntries(rows, source) && (rows.length > 0 || !needsMap(source));
      }),
    },
    metric: { value: 'nps' },
    scaleMin: { value: '', validate: check('survey-response.errors.scaleEnd', whenScaled(isScaleEnd)) },
    scaleMax: {
      value: '',
      validate: check(
        'survey-response.errors.scaleMax',
        whenScaled((max, node) =>
          isScale({ min: textOf(node, 'scaleMin'), max, metric: textOf(node, 'metric') }),
        ),
      ),
    },
    direction: { value: 'higher-is-better' },
    factors: { value: '' },
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
    showWhen('node-input', '#survey-response-dialog');
    scaleHints({ metric: input('metric'), min: input('scaleMin'), max: input('scaleMax') });
    sourceChoice({ source: input('source'), metric: input('metric'), factors: input('factors') }, this._);
    const parts = {
      list: $('#survey-response-map'),
      fold: $('#survey-response-fold'),
      source: input('source'),
    };
    responseMap(parts, Array.isArray(this.map) ? this.map : [], this._);
    stopFilling = fillFromRequests(
      this,
      { last: $('#survey-response-last-request'), note: $('#survey-response-filled') },
      {
        words: (key, values) => this._(`survey-response.example.${key}`, values),
        fill: (fields) => fillResponseMap(parts, fields),
      },
    );
  },
  oneditcancel() {
    stopFilling();
  },
  oneditdelete() {
    stopFilling();
  },
  oneditsave() {
    stopFilling();
    this.map = readResponseMap($('#survey-response-map'));
  },
});
