import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { cut, oneLine } from './cut.ts';
import { tagValues, textOption, type Format, type FormatInput, type FormatOptions } from './format.ts';
import { describeInWiki } from './jira.ts';
import { headline } from './summary.ts';
import { targetOf } from './target.ts';

/** Jira's own, in characters. */
const SUMMARY_LIMIT = 255;
const ACCOUNT_ID_LIMIT = 128;

/** A limit of ours: ids are short numbers. */
const ID_LIMIT = 64;

/**
 * Writes the body of `POST /rest/servicedeskapi/request` of Jira Service Management. Options: `serviceDeskId` and `requestTypeId`
 * (neither may be empty; both with dynamic tags), `summary` (with dynamic tags), `raiseOnBehalfOf` (the account id of a customer, with dynamic tags; the
 * account of the endpoint where it is empty). Source: developer.atlassian.com, Jira Service Management Cloud REST API, Create
 * customer request.
 */
export function compileJiraRequest(options: FormatOptions): Format {
  const serviceDeskId = compileId(options, 'serviceDeskId', 'service desk');
  const requestTypeId = compileId(options, 'requestTypeId', 'request type');
  const summary = parseTemplate(textOption(options, 'summary'));
  const raiseOnBehalfOf = parseTemplate(textOption(options, 'raiseOnBehalfOf'));
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const title = oneLine(renderTemplate(summary, tagValues(input), plainText));
    const customer = oneLine(renderTemplate(raiseOnBehalfOf, tagValues(input), plainText));
    const payload = {
      serviceDeskId: serviceDeskId(input),
      requestTypeId: requestTypeId(input),
      requestFieldValues: {
        summary: cut(title || headline(response), { limit: SUMMARY_LIMIT }),
        description: describeInWiki(response),
      },
      ...(customer === '' ? {} : { raiseOnBehalfOf: cut(customer, { limit: ACCOUNT_ID_LIMIT }) }),
    };
    return { payload, target: targetOf('jira-request') };
  };
}

/** An id that a request needs. */
function compileId(options: FormatOptions, name: string, words: string): (input: FormatInput) => string {
  const template = parseTemplate(textOption(options, name).trim());
  const needed = `A Jira request needs the id of its ${words}`;
  if (template.length === 0) throw new HookError('HOOK_CONFIG_INVALID', `${needed}: set it.`);
  return (input) => {
    const id = oneLine(renderTemplate(template, tagValues(input), plainText));
    if (id !== '') return cut(id, { limit: ID_LIMIT });
    throw new HookError('HOOK_MESSAGE_INCOMPLETE', `${needed}, and this message has none where it is set.`);
  };
}
