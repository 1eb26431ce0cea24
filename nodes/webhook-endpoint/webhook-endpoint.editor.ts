import { parseRetryDelays } from '../../src/delivery/retry-policy.ts';
import { parseSuccessRule } from '../../src/delivery/endpoint/success-rule.ts';
import { parseAllowList } from '../../src/allow-list.ts';
import { parseDuration } from '../../src/platform/duration.ts';
import { parseRate } from '../../src/platform/parse-rate.ts';
import { endpointAddress } from '../shared/editor/endpoint-address.ts';
import { endpointAtRunTime } from '../shared/editor/endpoint-at-run-time.ts';
import { circuitChoice } from '../shared/editor/circuit-choice.ts';
import { chosenConfig } from '../shared/editor/config-choice.ts';
import {
  canBeSent,
  faultWords,
  headersFault,
  isPasswordThere,
  isSigningChosenWell,
  isTlsChosenWell,
  textOf,
  whenAuth,
} from '../shared/editor/endpoint-checks.ts';
import {
  endpointFilterForm,
  isEndpointFilter,
  type EndpointFilterSetting,
} from '../shared/editor/endpoint-filter-form.ts';
import { plainUrlFault, urlFault } from '../shared/editor/endpoint-texts.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { headerList, readHeaders } from '../shared/editor/header-list.ts';
import { isSettableHeader, type Header } from '../shared/editor/header.ts';
import { retryPreview } from '../shared/editor/retry-preview.ts';
import { isSecretOrigin } from '../../src/delivery/endpoint/secret-url.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { STORED } from '../shared/editor/stored-password.ts';
import { successChoice } from '../shared/editor/success-choice.ts';
import { CREDENTIALS } from '../shared/editor/endpoint-config.ts';
import { showTabs } from '../shared/editor/tabs.ts';
import { ticketWarning } from '../shared/editor/ticket-warning.ts';
import { tlsRow } from '../shared/editor/tls-row.ts';
import { isFilled, isWholeNumber } from '../shared/editor/text.ts';
import { check, checkReason, checkValue, checkValueReason } from '../shared/editor/validators.ts';

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
  circuit: boolean;
  concurrency: number;
  ratePerSecond: number;
  ordered: boolean;
  maxPending: number;
  expireAfter: string;
  network: string;
  allow: string;
  filter: EndpointFilterSetting;
  requireTestFire: boolean;
  enabled: boolean;
  tls: string;
  proxy: string;
}

const input = (name: string): JQuery => $(`#node-config-input-${name}`);
const part = (name: string): JQuery => $(`#webhook-endpoint-${name}`);
const TABS = ['where', 'credentials', 'filter', 'connection', 'retries', 'limits', 'test'] as const;
/** The open dialog's. Dialogs of this type cannot lie over each other. */
let readFilter: (() => EndpointFilterSetting) | undefined;
/** Credentials are not loaded before the dialog opens: until then an empty URL may have its secret one. */
const mayHaveSecretUrl = (node: EditorNode): boolean => node.credentials?.['has_secretUrl'] !== false;

RED.nodes.registerType<WebhookEndpoint>('webhook-endpoint', {
  category: 'config',
  defaults: {
    name: { value: '' },
    url: {
      value: '',
      validate: checkReason((url, node) => {
        if (url === '') return mayHaveSecretUrl(node) ? undefined : node._('webhook-endpoint.errors.url');
        return faultWords(plainUrlFault(url), 'url', node);
      }),
    },
    method: { value: 'POST' },
    contentType: { value: 'json' },
    headers: {
      value: [],
      validate: checkValueReason((headers, node) => faultWords(headersFault(headers, node), 'headers', node)),
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
    circuit: { value: false },
    concurrency: { value: 8, validate: check('webhook-endpoint.errors.concurrency', isWholeNumber(1, 1000)) },
    ratePerSecond: {
      value: 0,
      validate: check('webhook-endpoint.errors.ratePerSecond', (rate) => parseRate(rate) !== undefined),
    },
    ordered: { value: false },
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
    network: { value: 'any' },
    allow: {
      value: '',
      validate: check(
        'webhook-endpoint.errors.allow',
        (text, node) => textOf(node, 'network') !== 'public' || parseAllowList(text) !== undefined,
      ),
    },
    filter: { value: {}, validate: checkValue('webhook-endpoint.errors.filter', isEndpointFilter) },
    requireTestFire: { value: false },
    enabled: { value: true },
    tls: {
      value: '',
      type: 'tls-config',
      required: false,
      validate: check('webhook-endpoint.errors.tls', isTlsChosenWell),
    },
    proxy: {
      value: '',
      type: 'http proxy',
      required: false,
      validate: check('webhook-endpoint.errors.proxy', (id) => chosenConfig(id, 'http proxy') !== 'gone'),
    },
  },
  credentials: {
    secretUrl: {
      type: 'password',
      validate: checkReason((url, node) => {
        const isMissing = url === '' && isSecretOrigin(textOf(node, 'url'));
        if (url === '' || url === STORED) return faultWords(isMissing ? '' : undefined, 'secretUrl', node);
        return faultWords(urlFault(url), 'secretUrl', node);
      }),
    },
    username: {
      type: 'text',
      validate: check(
        'webhook-endpoint.errors.username',
        whenAuth('basic', (name, node) => !name.includes(':') && (isFilled(name) || isPasswordThere(node))),
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
    showTabs(
      'webhook-endpoint-tabs',
      TABS.map((name) => ({
        id: `webhook-endpoint-tab-${name}`,
        label: this._(`webhook-endpoint.tab.${name}`),
      })),
    );
    showWhen('node-config-input', '#webhook-endpoint-dialog');
    endpointAddress({
      url: input('url'),
      secretUrl: input('secretUrl'),
      isSecret: part('is-secret'),
      secretRow: part('secret-row'),
      credentials: CREDENTIALS.map(input),
      movedNotice: part('moved'),
      droppedNotice: part('dropped'),
    });
    tlsRow({ url: input('url'), tls: input('tls'), row: part('tls') });
    readFilter = endpointFilterForm(part('filter'), this.filter, this._);
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
    circuitChoice({ retry: input('retry'), circuit: input('circuit') }, this.circuit);
    retryPreview({ retry: input('retry'), delays: input('retryDelays'), preview: part('preview') }, this._);
    endpointAtRunTime(this, { input, part });
  },
  oneditsave() {
    // A URL that was typed and saved without leaving its input has not been looked at yet.
    input('url').trigger('change');
    this.headers = readHeaders(part('headers'));
    this.filter = readFilter?.() ?? {};
  },
});
