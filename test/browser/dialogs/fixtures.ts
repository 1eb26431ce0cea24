import type { FlowNode } from '../../support/node-red.ts';

export const tab: FlowNode = { id: 'tab', type: 'tab', label: 'Flow' };

const onCanvas = { z: 'tab', x: 300, y: 80, name: '' };

/** An endpoint as its dialog makes it. */
export const endpoint = (id: string, settings: object = {}): FlowNode => ({
  id,
  type: 'webhook-endpoint',
  name: `Endpoint ${id}`,
  url: 'http://127.0.0.1:9/x',
  method: 'POST',
  contentType: 'json',
  headers: [],
  auth: 'none',
  authHeader: '',
  signing: '',
  timeout: 5000,
  success: '2xx',
  retry: 'cio-pulse',
  retryDelays: '5m,10m,20m,40m',
  retryOn: 'failure',
  circuit: false,
  concurrency: 8,
  ratePerSecond: 0,
  ordered: false,
  maxPending: 100000,
  expireAfter: '7d',
  network: 'any',
  allow: '',
  filter: {},
  requireTestFire: false,
  enabled: true,
  tls: '',
  proxy: '',
  ...settings,
});

export const signingSecret = (id: string): FlowNode => ({
  id,
  type: 'signing-secret',
  name: `Secret ${id}`,
  scheme: 'github',
  tolerance: 300,
  previousUntil: '',
  publicUrl: '',
  algorithm: 'sha256',
  encoding: 'hex',
  header: '',
  prefix: '',
  template: '{{body}}',
  timestampHeader: '',
  idHeader: '',
  keyEncoding: 'utf8',
});

export const hook = (id: string, settings: object = {}): FlowNode => ({
  ...onCanvas,
  id,
  type: 'inbound-hook-in',
  description: '',
  path: `/hooks/${id}`,
  methods: ['POST', 'PUT'],
  kind: 'webhook',
  auth: 'basic',
  apiKeyHeader: 'authorization',
  role: '',
  signing: '',
  allowedIps: '',
  respond: 'received',
  statusCode: 200,
  durable: true,
  responseTimeout: 30000,
  redirect: '',
  dedupe: '',
  dedupeWindow: '24h',
  bodyLimit: '400kb',
  ratePerSecond: 0,
  active: true,
  debug: false,
  wires: [[]],
  ...settings,
});

export const outNode = (id: string, endpoints: readonly string[]): FlowNode => ({
  ...onCanvas,
  id,
  type: 'survey-webhook-out',
  endpoints,
  listeningPost: 'Transactional',
  webhookIdProperty: 'webhookId',
  wrap: 'none',
  capture: '',
  subject: 'survey.ticketId',
  subjectType: 'msg',
  wires: [[], [], []],
});

export const format = (id: string, settings: object = {}): FlowNode => ({
  ...onCanvas,
  id,
  type: 'payload-format',
  format: 'cio-pulse',
  options: {},
  template: '',
  templateType: 'json',
  wires: [[]],
  ...settings,
});

export const surveyResponse = (id: string, settings: object = {}): FlowNode => ({
  ...onCanvas,
  id,
  type: 'survey-response',
  source: 'auto',
  map: [],
  metric: 'nps',
  scaleMin: '',
  scaleMax: '',
  direction: 'higher-is-better',
  factors: '',
  wires: [[]],
  ...settings,
});

export const responseFilter = (id: string, settings: object = {}): FlowNode => ({
  ...onCanvas,
  id,
  type: 'response-filter',
  sources: [],
  ratings: [],
  classes: [],
  scores: '',
  comment: 'any',
  drivers: [],
  driversMode: 'any',
  wires: [[], []],
  ...settings,
});

export const mapping = (id: string): FlowNode => ({
  id,
  type: 'inbound-mapping',
  name: '',
  dataType: 'contacts',
  fields: [{ field: 'E-Mail', property: 'email', type: '', required: true, pattern: '', maxLength: '' }],
  unknownFields: 'keep',
});

export const externalGroup = (id: string, name: string, settings: object = {}): FlowNode => ({
  id,
  type: 'external-data-group',
  name,
  subjectKind: 'ticket',
  fields: [{ label: 'Number', parameter: 'result.number', type: 'string', favorite: true }],
  ...settings,
});

export const externalData = (id: string, group: string): FlowNode => ({
  ...onCanvas,
  id,
  type: 'external-data',
  group,
  action: 'get',
  subject: 'survey.ticketId',
  subjectType: 'msg',
  wires: [[]],
});
