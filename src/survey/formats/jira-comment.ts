import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { printable } from '../../violation.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { describeInWiki } from './jira.ts';
import { targetOf } from './target.ts';

/** A key such as `SUP-12`, or the number that Jira itself uses. */
const ISSUE_KEY = /^(?:[A-Za-z][A-Za-z0-9_]{0,99}-)?\d{1,19}$/;

/**
 * Writes the body of `POST /rest/servicedeskapi/request/{issue key}/comment` of Jira Service Management. Options: `issueKey` (with
 * dynamic tags; the response's own ticket where it is empty), `public` (false). Throws HOOK_MESSAGE_INCOMPLETE where there is no
 * key. Source: developer.atlassian.com, Jira Service Management Cloud REST API, Create request comment.
 */
export function compileJiraComment(options: FormatOptions): Format {
  const issueKey = parseTemplate(textOption(options, 'issueKey').trim() || '{{ticketId}}');
  const isPublic = switchOption(options, 'public', false);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const key = keyOf(renderTemplate(issueKey, tagValues(input), plainText));
    return {
      payload: { body: describeInWiki(response), public: isPublic },
      target: targetOf('jira-comment', { fill: { 'issue key': key } }),
    };
  };
}

function keyOf(text: string): string {
  const key = text.trim();
  if (ISSUE_KEY.test(key)) return key;
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    key === ''
      ? 'A Jira comment needs the key of its issue, and this response has none: set where in the message the key is.'
      : `"${printable(key)}" is not the key of a Jira issue: set where in the message the key is.`,
  );
}
