/** What a sample can be written as: the formats that need nothing but the response, and CIOPulse's body as ServiceNow's catalogue takes it. */
export const SAMPLE_FORMATS = [
  'cio-pulse',
  'slack',
  'teams',
  'freshdesk-ticket',
  'freshdesk-note',
  'zendesk-ticket',
  'zendesk-comment',
  'servicenow-incident',
  'servicenow-order',
  'jira-comment',
] as const;

export type SampleFormat = (typeof SAMPLE_FORMATS)[number];

/** Where a sample goes, as far as that may be seen. */
export interface SamplePlace {
  readonly host: string;
  /** Without the query. */
  readonly path: string;
}

interface Rule {
  readonly host: RegExp;
  /** Any path where it is missing. */
  readonly path?: RegExp;
  readonly format: SampleFormat;
}

/** The first that fits counts. */
const RULES: readonly Rule[] = [
  { host: /^hooks\.slack(?:-gov)?\.com$/, format: 'slack' },
  { host: /(?:^|\.)(?:webhook\.office|logic\.azure|powerautomate|powerplatform)\.com$/, format: 'teams' },
  { host: /\.freshdesk\.com$/, path: /\/notes\/?$/, format: 'freshdesk-note' },
  { host: /\.freshdesk\.com$/, format: 'freshdesk-ticket' },
  { host: /\.zendesk\.com$/, path: /\/tickets\/[^/]+$/, format: 'zendesk-comment' },
  { host: /\.zendesk\.com$/, format: 'zendesk-ticket' },
  { host: /\.service-now\.com$/, path: /\/order_now\/?$/, format: 'servicenow-order' },
  { host: /\.service-now\.com$/, format: 'servicenow-incident' },
  { host: /\.atlassian\.net$/, path: /\/comment\/?$/, format: 'jira-comment' },
];

/** What the target at a place takes, as far as its host and path tell; CIOPulse's body where they do not. */
export function formatForPlace({ host, path }: SamplePlace): SampleFormat {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const rule = RULES.find((one) => one.host.test(name) && (one.path?.test(path) ?? true));
  return rule?.format ?? 'cio-pulse';
}
