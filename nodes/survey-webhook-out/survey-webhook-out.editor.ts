import { chosenConfig } from '../shared/editor/config-choice.ts';
import { currentText } from '../shared/editor/current-text.ts';
import { endpointList, readEndpoints } from '../shared/editor/endpoint-list.ts';
import { countUser, watchEndpointUsers } from '../shared/editor/endpoint-users.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { toIds } from '../../src/delivery/endpoint/endpoint-ids.ts';
import { storeChoice } from '../shared/editor/store-choice.ts';
import { subjectInput } from '../shared/editor/subject-input.ts';
import { isFilled } from '../shared/editor/text.ts';
import { check, checkValue } from '../shared/editor/validators.ts';

interface SurveyWebhookOut {
  name: string;
  endpoints: string[];
  listeningPost: string;
  webhookIdProperty: string;
  wrap: string;
  capture: string;
  subject: string;
  subjectType: string;
}

/** The group that is chosen now, in the open dialog or else in the node. */
const captureOf = (node: EditorNode): string => currentText(node, 'node-input', 'capture');

/** Ends what the open dialog listens to. Dialogs of this type cannot lie over each other. */
let stopListening = (): void => undefined;

const areEndpoints = (value: unknown): boolean => {
  const ids = toIds(value);
  return ids.length > 0 && ids.every((id) => RED.nodes.node(id)?.type === 'webhook-endpoint');
};

RED.nodes.registerType<SurveyWebhookOut>('survey-webhook-out', {
  category: 'survey hooks',
  color: '#73A9CC',
  icon: 'survey-hooks-outbound.svg',
  align: 'right',
  inputs: 1,
  outputs: 3,
  defaults: {
    name: { value: '' },
    endpoints: {
      value: [],
      type: 'webhook-endpoint[]',
      validate: checkValue('survey-webhook-out.errors.endpoints', areEndpoints),
    },
    listeningPost: { value: 'Transactional' },
    webhookIdProperty: {
      value: 'webhookId',
      validate: check('survey-webhook-out.errors.webhookIdProperty', isFilled),
    },
    wrap: { value: 'none' },
    capture: {
      value: '',
      type: 'external-data-group',
      required: false,
      validate: check(
        'survey-webhook-out.errors.capture',
        (id) => chosenConfig(id, 'external-data-group') !== 'gone',
      ),
    },
    subject: {
      value: 'survey.ticketId',
      validate: check(
        'survey-webhook-out.errors.subject',
        (subject, node) =>
          isFilled(subject) || chosenConfig(captureOf(node), 'external-data-group') === undefined,
      ),
    },
    subjectType: { value: 'msg' },
  },
  paletteLabel() {
    return this._('survey-webhook-out.label.palette');
  },
  label() {
    return this.name || this._('survey-webhook-out.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  outputLabels(index) {
    const labels = [
      this._('survey-webhook-out.output.accepted'),
      this._('survey-webhook-out.output.succeeded'),
      this._('survey-webhook-out.output.failed'),
    ];
    return labels[index] ?? '';
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    $('#node-input-webhookIdProperty').typedInput({ default: 'msg', types: ['msg'] });
    const stopList = endpointList(
      this,
      {
        list: $('#survey-webhook-out-endpoints'),
        choice: $('#survey-webhook-out-choice'),
        create: $('#survey-webhook-out-create'),
      },
      toIds(this.endpoints),
    );
    subjectInput(
      {
        group: $('#node-input-capture'),
        subject: $('#node-input-subject'),
        subjectType: $('#node-input-subjectType'),
        hint: $('#survey-webhook-out-subject-hint'),
      },
      (kind) => this._(`survey-webhook-out.subject.${kind}`),
    );
    const stopStore = storeChoice(
      { label: $('#survey-webhook-out-store'), edit: $('#survey-webhook-out-edit-store') },
      this,
    );
    stopListening = () => {
      stopList();
      stopStore();
    };
  },
  oneditsave() {
    stopListening();
    this.endpoints = readEndpoints($('#survey-webhook-out-endpoints'));
    countUser(this, this.endpoints);
  },
  oneditcancel() {
    stopListening();
  },
  oneditdelete() {
    stopListening();
  },
});

watchEndpointUsers();
