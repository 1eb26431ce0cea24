import { LOG_EVENT_KINDS } from '../../src/delivery/log-events/log-event.ts';
import { checkGroups } from '../shared/editor/check-groups.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { isFilled, isWholeNumber, toText } from '../shared/editor/text.ts';
import { check, checkValue } from '../shared/editor/validators.ts';

interface WebhookLog {
  name: string;
  mode: string;
  deliveryStatus: string;
  endpoint: string;
  search: string;
  limit: number;
  cursor: string;
  events: string[];
  inputs: number;
}

const LARGEST_PAGE = 1000;

/** The open dialog's. Dialogs of this type cannot lie over each other. */
let readEvents: (() => string[]) | undefined;

const tellsEvents = (node: EditorNode): boolean =>
  (node as EditorNode & Partial<WebhookLog>).mode === 'events';
const listOf = (events: unknown): readonly unknown[] => (Array.isArray(events) ? events : LOG_EVENT_KINDS);

RED.nodes.registerType<WebhookLog>('webhook-log', {
  category: 'survey hooks',
  color: '#73A9CC',
  icon: 'survey-hooks-log.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: '' },
    mode: { value: 'query' },
    deliveryStatus: { value: '' },
    endpoint: { value: '', type: 'webhook-endpoint', required: false },
    search: { value: '' },
    limit: {
      value: 50,
      validate: check(
        'webhook-log.errors.limit',
        (text, node) => tellsEvents(node) || !isFilled(text) || isWholeNumber(1, LARGEST_PAGE)(text),
      ),
    },
    cursor: { value: '' },
    events: {
      value: ['failed', 'endpoint-disabled', 'circuit'],
      validate: checkValue(
        'webhook-log.errors.events',
        (value, node) => !tellsEvents(node) || listOf(value).length > 0,
      ),
    },
    inputs: { value: 1 },
  },
  paletteLabel() {
    return this._('webhook-log.label.palette');
  },
  label() {
    return this.name || this._('webhook-log.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels() {
    return this._(tellsEvents(this) ? 'webhook-log.output.event' : 'webhook-log.output.deliveries');
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    showWhen('node-input', '#webhook-log-dialog');
    // A line for each.
    const groups = LOG_EVENT_KINDS.map((value) => ({
      choices: [{ value, label: this._(`webhook-log.events.${value}`) }],
    }));
    readEvents = checkGroups($('#webhook-log-events'), {
      groups,
      chosen: listOf(this.events).map(toText),
      onChange: () => undefined,
    });
  },
  oneditsave() {
    this.events = readEvents?.() ?? this.events;
    // A node that tells of events starts a flow.
    this.inputs = $('#node-input-mode').val() === 'events' ? 0 : 1;
  },
});
