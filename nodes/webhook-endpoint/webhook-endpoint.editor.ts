import { isHeaderValue } from '../../src/platform/http-header.ts';
import { parseRetryDelays } from '../../src/delivery/retry-policy.ts';
import { parseSuccessRule } from '../../src/delivery/success-rule.ts';
import { parseDuration } from '../../src/platform/duration.ts';
import { currentText } from '../shared/editor/current-text.ts';
import { endpointAddress } from '../shared/editor/endpoint-address.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { headerList, readHeaders } from '../shared/editor/header-list.ts';
import { isHeader, isSettableHeader, readHeader, type Header } from '../shared/editor/header.ts';
import { retryPreview } from '../shared/editor/retry-preview.ts';
import { isSecretOrigin, isSecretUrl } from '../../src/delivery/secret-url.ts';
import { isEndpointUrl } from '../shared/editor/url.ts';
import { chosenSecret } from '../shared/editor/signing-choice.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { STORED } from '../shared/editor/stored-password.ts';
import { successChoice } from '../shared/editor/success-choice.ts';
import { showTabs } from '../shared/editor/tabs.ts';
import { ticketWarning } from '../shared/editor/ticket-warning.ts';
import { isFilled, isWholeNumber, toText } from '../shared/editor/text.ts';
import { check, checkValue } from '../shared/editor/validators.ts';

interface WebhookEndpoint {
  name: string;
  url: string;
  method: string;
  contentType: string;
  headers: Header[];
  auth: string;
  authHeader: string;
  signing: string;
  timeout: number;
  success: string;
  retry: string;
  retryDelays: string;
  retryOn: string;
  concurrency: number;
  maxPending: number;
  expireAfter: string;
  enabled: boolean;
}

const input = (name: string): JQuery => $(`#node-config-input-${name}`);
const part = (name: string): JQuery => $(`#webhook-endpoint-${name}`);
const textOf = (node: EditorNode, name: string): string => currentText(node, 'node-config-input', name);
/** A check that holds only while the authentication is of that kind. */
const whenAuth =
  (auth: string, isValid: (text: string) => boolean) =>
  (text: string, node: EditorNode): boolean =>
    textOf(node, 'auth') !== auth || isValid(text);
const canBeSent = (text: string): boolean => isFilled(text) && isHeaderValue(text);
/** Receivers that know senders by a key alone take it as the password, without a user name. */
const isPasswordThere = (): boolean => toText(input('password').val()) !== '';
/** Whether headers can be sent as they stand, and leave alone the one that the authentication sets. */
function areHeaders(headers: readonly unknown[], node: EditorNode): boolean {
  const auth = textOf(node, 'auth');
  const own = auth === 'header' ? textOf(node, 'authHeader').toLowerCase() : 'authorization';
  const isTwice = (entry: unknown): boolean =>
    auth !== 'none' && readHeader(entry).name.trim().toLowerCase() === own;
  return headers.every((entry) => isHeader(entry) && !isTwice(entry));
}
/** Twilio's scheme signs the fields of a form; for JSON the URL would have to be another with every body. */
function isSigningChosenWell(id: string, node: EditorNode): boolean {
  const secret = chosenSecret(id);
  if (secret === undefined || secret === 'gone') return secret === undefined;
  const hasBody = !['GET', 'DELETE'].includes(textOf(node, 'method'));
  const sendsJson = hasBody && textOf(node, 'contentType') !== 'form';
  return !(sendsJson && 'scheme' in secret && secret.scheme === 'twilio');
}
/** Credentials are not loaded before the dialog opens: until then an empty URL may have its secret one. */
const mayHaveSecretUrl = (node: EditorNode): boolean => node.credentials?.['has_secretUrl'] !== false;

RED.nodes.registerType<WebhookEndpoint>('webhook-endpoint', {
  category: 'config',
  defaults: {
    name: { value: '' },
    url: {
      value: '',
      validate: check('webhook-endpoint.errors.url', (url, node) =>
        url === '' ? mayHaveSecretUrl(node) : isEndpointUrl(url) && !isSecretUrl(url),
      ),
    },
    method: { value: 'POST' },
    contentType: { value: 'json' },
    headers: {
      value: [],
      validate: checkValue('webhook-endpoint.errors.headers', (headers, node) =>
        areHeaders(Array.isArray(headers) ? headers : [], node),
      ),
    },
    auth: { value: 'none' },
    authHeader: {
      value: '',
      validate: check('webhook-endpoint.errors.authHeader', whenAuth('header', isSettableHeader)),
    },
    signing: {
      value: '',
      type: 'signing-secret',
      required: false,
      validate: check('webhook-endpoint.errors.signing', isSigningChosenWell),
    },
    timeout: { value: 5000, validate: check('webhook-endpoint.errors.timeout', isWholeNumber(1, 600_000)) },
    success: {
      value: '2xx',
      validate: check('webhook-endpoint.errors.success', (text) => parseSuccessRule(text) !== undefined),
    },
    retry: { value: 'cio-pulse' },
    retryDelays: {
      value: '5m,10m,20m,40m',
      validate: check(
        'webhook-endpoint.errors.retryDelays',
        (text, node) => textOf(node, 'retry') !== 'custom' || parseRetryDelays(text) !== undefined,
      ),
    },
    retryOn: { value: 'failure' },
    concurrency: { value: 8, validate: check('webhook-endpoint.errors.concurrency', isWholeNumber(1, 1000)) },
    maxPending: {
      value: 100_000,
      validate: check('webhook-endpoint.errors.maxPending', isWholeNumber(1, 100_000_000)),
    },
    expireAfter: {
      value: '7d',
      validate: check(
        'webhook-endpoint.errors.expireAfter',
        (text) => text === '' || parseDuration(text) !== undefined,
      ),
    },
    enabled: { value: true },
  },
  credentials: {
    secretUrl: {
      type: 'password',
      validate: check('webhook-endpoint.errors.secretUrl', (url, node) =>
        url === '' ? !isSecretOrigin(textOf(node, 'url')) : url === STORED || isEndpointUrl(url),
      ),
    },
    username: {
      type: 'text',
      validate: check(
        'webhook-endpoint.errors.username',
        whenAuth('basic', (name) => !name.includes(':') && (isFilled(name) || isPasswordThere())),
      ),
    },
    password: { type: 'password' },
    token: {
      type: 'password',
      validate: check('webhook-endpoint.errors.token', whenAuth('bearer', canBeSent)),
    },
    headerValue: {
      type: 'password',
      validate: check('webhook-endpoint.errors.headerValue', whenAuth('header', canBeSent)),
    },
  },
  label() {
    return this.name || (URL.canParse(this.url) ? new URL(this.url).host : 'webhook-endpoint');
  },
  oneditprepare() {
    fillMissing(this, 'node-config-input');
    showTabs('webhook-endpoint-tabs', [
      { id: 'webhook-endpoint-tab-where', label: this._('webhook-endpoint.tab.where') },
      { id: 'webhook-endpoint-tab-credentials', label: this._('webhook-endpoint.tab.credentials') },
      { id: 'webhook-endpoint-tab-retries', label: this._('webhook-endpoint.tab.retries') },
      { id: 'webhook-endpoint-tab-limits', label: this._('webhook-endpoint.tab.limits') },
    ]);
    showWhen('node-config-input', '#webhook-endpoint-dialog');
    endpointAddress({
      url: input('url'),
      secretUrl: input('secretUrl'),
      isSecret: part('is-secret'),
      secretRow: part('secret-row'),
      secrets: ['secretUrl', 'password', 'token', 'headerValue'].map(input),
      movedNotice: part('moved'),
      droppedNotice: part('dropped'),
    });
    headerList(part('headers'), this.headers, this._);
    successChoice({
      success: input('success'),
      choice: part('success'),
      list: part('success-list'),
      listRow: part('success-row'),
    });
    ticketWarning(
      {
        url: input('url'),
        success: input('success'),
        choice: part('success'),
        notice: part('ticket'),
        text: part('ticket-text'),
        button: part('any'),
      },
      this._,
    );
    retryPreview({ retry: input('retry'), delays: input('retryDelays'), preview: part('preview') }, this._);
  },
  oneditsave() {
    // A URL that was typed and saved without leaving its input has not been looked at yet.
    input('url').trigger('change');
    this.headers = readHeaders(part('headers'));
  },
});
