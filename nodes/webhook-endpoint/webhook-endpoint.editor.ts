import { isHeaderValue } from '../../src/delivery/header.ts';
import { parseRetryDelays } from '../../src/delivery/retry-policy.ts';
import { parseDuration } from '../../src/platform/duration.ts';
import { endpointAddress } from '../shared/editor/endpoint-address.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { headerList, readHeaders } from '../shared/editor/header-list.ts';
import { isHeader, isSettableHeader, type Header } from '../shared/editor/header.ts';
import { retryPreview } from '../shared/editor/retry-preview.ts';
import { isEndpointUrl, isSecretUrl } from '../shared/editor/secret-url.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { STORED } from '../shared/editor/stored-password.ts';
import { successChoice } from '../shared/editor/success-choice.ts';
import { isSuccessRule } from '../shared/editor/success-rule.ts';
import { showTabs } from '../shared/editor/tabs.ts';
import { ticketWarning } from '../shared/editor/ticket-warning.ts';
import { isFilled, isWholeNumber, toText } from '../shared/editor/text.ts';
import { check, checkList } from '../shared/editor/validators.ts';

interface WebhookEndpoint {
  name: string;
  url: string;
  method: string;
  contentType: string;
  headers: Header[];
  auth: string;
  authHeader: string;
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
/** A value that matters only while a choice of the open dialog is the given one. */
const matters = (name: string, choice: string): boolean =>
  input(name).length === 0 || input(name).val() === choice;
/** Receivers that know senders by a key alone take it as the password, without a user name. */
const isPasswordThere = (): boolean => toText(input('password').val()) !== '';
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
      validate: checkList('webhook-endpoint.errors.headers', (headers) => headers.every(isHeader)),
    },
    auth: { value: 'none' },
    authHeader: {
      value: '',
      validate: check('webhook-endpoint.errors.authHeader', (name) => name === '' || isSettableHeader(name)),
    },
    timeout: { value: 5000, validate: check('webhook-endpoint.errors.timeout', isWholeNumber(1, 600_000)) },
    success: {
      value: '2xx',
      validate: check('webhook-endpoint.errors.success', isSuccessRule),
    },
    retry: { value: 'cio-pulse' },
    retryDelays: {
      value: '5m,10m,20m,40m',
      validate: check('webhook-endpoint.errors.retryDelays', (text) => parseRetryDelays(text) !== undefined),
    },
    retryOn: { value: 'failure' },
    concurrency: { value: 8, validate: check('webhook-endpoint.errors.concurrency', isWholeNumber(1, 1000)) },
    maxPending: {
      value: 100_000,
      validate: check('webhook-endpoint.errors.maxPending', isWholeNumber(1, 100_000_000)),
    },
    expireAfter: {
      value: '7d',
      validate: check('webhook-endpoint.errors.expireAfter', (text) => parseDuration(text) !== undefined),
    },
    enabled: { value: true },
  },
  credentials: {
    secretUrl: {
      type: 'password',
      validate: check(
        'webhook-endpoint.errors.secretUrl',
        (url) => url === '' || url === STORED || isEndpointUrl(url),
      ),
    },
    username: {
      type: 'text',
      validate: check(
        'webhook-endpoint.errors.username',
        (name) => !matters('auth', 'basic') || (!name.includes(':') && (isFilled(name) || isPasswordThere())),
      ),
    },
    password: { type: 'password' },
    token: {
      type: 'password',
      validate: check(
        'webhook-endpoint.errors.token',
        (token) => !matters('auth', 'bearer') || (isFilled(token) && isHeaderValue(token)),
      ),
    },
    headerValue: {
      type: 'password',
      validate: check(
        'webhook-endpoint.errors.headerValue',
        (value) => !matters('auth', 'header') || (isFilled(value) && isHeaderValue(value)),
      ),
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
    ticketWarning({ url: input('url'), success: input('success'), notice: part('ticket') });
    retryPreview({ retry: input('retry'), delays: input('retryDelays'), preview: part('preview') }, this._);
  },
  oneditsave() {
    // A URL that was typed and saved without leaving its input has not been looked at yet.
    input('url').trigger('change');
    this.headers = readHeaders(part('headers'));
  },
});
