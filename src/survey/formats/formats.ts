import { HookError } from '../../errors.ts';
import { formatCioPulse } from './cio-pulse.ts';
import type { Format, FormatOptions } from './format.ts';
import { compileFreshdeskNote } from './freshdesk-note.ts';
import { compileFreshdeskTicket } from './freshdesk-ticket.ts';
import { compileJiraComment } from './jira-comment.ts';
import { compileJiraRequest } from './jira-request.ts';
import { compileServiceNowIncident } from './servicenow-incident.ts';
import { compileSlack } from './slack.ts';
import { compileTeams } from './teams.ts';
import { compileTemplate } from './template.ts';
import { compileZendeskComment } from './zendesk-comment.ts';
import { compileZendeskTicket } from './zendesk-ticket.ts';

/** The settings of a `payload-format`, as a flow holds them. */
export interface FormatSettings {
  readonly format?: string;
  readonly options?: FormatOptions;
  readonly template?: string;
  readonly templateType?: string;
}

type Compile = (settings: FormatSettings) => Format;

const FORMATS: Readonly<Record<string, Compile>> = {
  'cio-pulse': () => formatCioPulse,
  slack: ({ options }) => compileSlack(options ?? {}),
  teams: ({ options }) => compileTeams(options ?? {}),
  'freshdesk-ticket': ({ options }) => compileFreshdeskTicket(options ?? {}),
  'freshdesk-note': ({ options }) => compileFreshdeskNote(options ?? {}),
  'zendesk-ticket': ({ options }) => compileZendeskTicket(options ?? {}),
  'zendesk-comment': ({ options }) => compileZendeskComment(options ?? {}),
  'servicenow-incident': ({ options }) => compileServiceNowIncident(options ?? {}),
  'jira-request': ({ options }) => compileJiraRequest(options ?? {}),
  'jira-comment': ({ options }) => compileJiraComment(options ?? {}),
  template: ({ template, templateType }) =>
    compileTemplate(template ?? '', templateType === 'str' ? 'str' : 'json'),
};

/** Makes the format that a setting asks for. Throws HOOK_CONFIG_INVALID with what a person has to change. */
export function compileFormat(settings: FormatSettings): Format {
  const format = settings.format ?? '';
  const compile = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (compile) return compile(settings);
  throw new HookError('HOOK_CONFIG_INVALID', `The format must be one of ${Object.keys(FORMATS).join(', ')}.`);
}
