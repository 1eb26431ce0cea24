import { parseByteSize } from '../../src/platform/byte-size.ts';
import { isKeyHeader } from '../../src/inbound/authenticators/key-header.ts';
import { parseRate } from '../../src/platform/parse-rate.ts';
import { parseDuration } from '../../src/platform/duration.ts';
import { isAddressList } from '../shared/editor/address-list.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { newHookCredentials, newHookPath } from '../shared/editor/hook-address.ts';
import {
  hasFitKey,
  isDedupe,
  isSigningChosenWell,
  isTaken,
  whenAnswer,
  whenAuth,
} from '../shared/editor/hook-checks.ts';
import { hookDialog } from '../shared/editor/hook-dialog.ts';
import { isHookPath } from '../shared/editor/hook-path.ts';
import { hasStoredPassword, keepIfEmpty } from '../shared/editor/stored-password.ts';
import { isFilled, isWholeNumber } from '../shared/editor/text.ts';
import { check, checkList } from '../shared/editor/validators.ts';

interface InboundHookIn {
  name: string;
  description: string;
  path: string;
  methods: string[];
  kind: string;
  auth: string;
  apiKeyHeader: string;
  role: string;
  signing: string;
  allowedIps: string;
  respond: string;
  statusCode: number;
  durable: boolean;
  responseTimeout: number;
  redirect: string;
  dedupe: string;
  dedupeWindow: string;
  bodyLimit: string;
  ratePerSecond: number;
  active: boolean;
  debug: boolean;
}

/** Ends what the open dialog listens to. */
let stopListening = (): void => undefined;

RED.nodes.registerType<InboundHookIn>('inbound-hook-in', {
  category: 'survey hooks',
  color: '#76B87F',
  icon: 'survey-hooks-inbound.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: '' },
    description: { value: '' },
    path: {
      value: '',
      validate: check(
        'inbound-hook-in.errors.path',
        (path, hook) => isHookPath(path) && !isTaken(path, hook),
      ),
    },
    methods: {
      value: ['POST', 'PUT'],
      validate: checkList('inbound-hook-in.errors.methods', (methods) => methods.length > 0),
    },
    kind: { value: 'webhook' },
    auth: { value: 'basic' },
    apiKeyHeader: {
      value: 'authorization',
      validate: check(
        'inbound-hook-in.errors.apiKeyHeader',
        whenAuth('api-key', (header) => header.trim() === '' || isKeyHeader(header.trim())),
      ),
    },
    role: { value: '' },
    signing: {
      value: '',
      type: 'signing-secret',
      required: false,
      validate: check('inbound-hook-in.errors.signing', isSigningChosenWell),
    },
    allowedIps: { value: '', validate: check('inbound-hook-in.errors.allowedIps', isAddressList) },
    respond: { value: 'received' },
    statusCode: {
      value: 200,
      validate: check('inbound-hook-in.errors.statusCode', whenAnswer('received', isWholeNumber(200, 299))),
    },
    durable: { value: true },
    responseTimeout: {
      value: 30000,
      validate: check(
        'inbound-hook-in.errors.responseTimeout',
        whenAnswer('flow', isWholeNumber(1, 3_600_000)),
      ),
    },
    redirect: {
      value: '',
      validate: check(
        'inbound-hook-in.errors.redirect',
        whenAnswer('received', (url) => /^(?:(?:https?:\/)?\/\S*)?$/i.test(url.trim())),
      ),
    },
    dedupe: { value: '', validate: check('inbound-hook-in.errors.dedupe', isDedupe) },
    dedupeWindow: {
      value: '24h',
      validate: check(
        'inbound-hook-in.errors.dedupeWindow',
        (text) => text === '' || (parseDuration(text) ?? 0) > 0,
      ),
    },
    bodyLimit: {
      value: '400kb',
      validate: check(
        'inbound-hook-in.errors.bodyLimit',
        (size) => size === '' || parseByteSize(size) !== undefined,
      ),
    },
    ratePerSecond: {
      value: 0,
      validate: check('inbound-hook-in.errors.ratePerSecond', (rate) => parseRate(rate) !== undefined),
    },
    active: { value: true },
    debug: { value: false },
  },
  credentials: {
    username: {
      type: 'text',
      validate: check(
        'inbound-hook-in.errors.username',
        whenAuth('basic', (name) => isFilled(name) && !name.includes(':')),
      ),
    },
    password: {
      type: 'password',
      validate: check(
        'inbound-hook-in.errors.password',
        whenAuth('basic', (password, hook) => isFilled(password) || hasStoredPassword(hook)),
      ),
    },
    apiKeys: {
      type: 'text',
      validate: check('inbound-hook-in.errors.apiKeys', whenAuth('api-key', hasFitKey)),
    },
  },
  paletteLabel() {
    return this._('inbound-hook-in.label.palette');
  },
  label() {
    return this.name || this.path || this._('inbound-hook-in.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd() {
    // A copy that is pasted beside its original gets an address and credentials of its own.
    if (this.path !== '' && !isTaken(this.path, this)) return;
    this.path = newHookPath();
    this.credentials = { ...newHookCredentials(), has_password: true };
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    for (const method of ['POST', 'PUT'])
      $(`#inbound-hook-in-${method.toLowerCase()}`).prop('checked', this.methods.includes(method));
    stopListening = hookDialog(this, this.path);
  },
  oneditsave() {
    stopListening();
    this.methods = ['POST', 'PUT'].filter(
      (method) => $(`#inbound-hook-in-${method.toLowerCase()}`).prop('checked') === true,
    );
    keepIfEmpty($('#node-input-password'), hasStoredPassword(this));
  },
  oneditcancel() {
    stopListening();
  },
  oneditdelete() {
    stopListening();
  },
});
