/** How a target takes what a format writes: what to set at the endpoint that it goes to. */
export interface FormatFacts {
  readonly method: 'POST' | 'PUT';
  /** The path of the target's API, with a name in angle brackets where a person or the message fills something in; empty = the whole URL is the target's. */
  readonly path: string;
  /** What its answer to a success is, as an endpoint's setting `success`. */
  readonly success: '2xx' | '200';
  /** The status codes that it answers a success with, as its makers say. */
  readonly answers: string;
  /** Whether the same request can be made again without a second ticket, comment or message: if not, each retry of what had arrived makes one. */
  readonly isRepeatable: boolean;
}

const ticket = (path: string): FormatFacts => ({
  method: 'POST',
  path,
  success: '2xx',
  answers: '201',
  isRepeatable: false,
});
const anywhere: FormatFacts = {
  method: 'POST',
  path: '',
  success: '2xx',
  answers: '2xx',
  isRepeatable: true,
};

/** The facts of each format that has a target (sources: the makers' API references, named in each format's file). */
export const FORMAT_FACTS = {
  'cio-pulse': { ...anywhere, success: '200', answers: '200' },
  slack: { ...anywhere, answers: '200', isRepeatable: false },
  teams: { ...anywhere, answers: '202', isRepeatable: false },
  'freshdesk-ticket': ticket('/api/v2/tickets'),
  'freshdesk-note': ticket('/api/v2/tickets/<ticket id>/notes'),
  'zendesk-ticket': { ...ticket('/api/v2/tickets.json'), isRepeatable: true },
  'zendesk-comment': {
    ...ticket('/api/v2/tickets/<ticket id>.json'),
    method: 'PUT',
    answers: '200',
  },
  'servicenow-incident': ticket('/api/now/table/incident'),
  'jira-request': ticket('/rest/servicedeskapi/request'),
  'jira-comment': ticket('/rest/servicedeskapi/request/<issue key>/comment'),
} as const satisfies Record<string, FormatFacts>;

export type TargetFormatId = keyof typeof FORMAT_FACTS;

/** The facts of a format; undefined where it has no target, as a template. */
export const factsOf = (format: string): FormatFacts | undefined =>
  Object.hasOwn(FORMAT_FACTS, format) ? FORMAT_FACTS[format as TargetFormatId] : undefined;
