import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { toneOf } from '../metric.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import { cut, oneLine } from './cut.ts';
import {
  choiceOption,
  switchOption,
  tagValues,
  textOption,
  type Format,
  type FormatInput,
  type FormatOptions,
} from './format.ts';
import { headline } from './summary.ts';
import { targetOf } from './target.ts';
import { writeBody } from './text-body.ts';

/** What the columns of the table `task` hold, in characters. */
const SHORT_DESCRIPTION_LIMIT = 160;
const DESCRIPTION_LIMIT = 4000;
const COMMENTS_LIMIT = 4000;
const CORRELATION_ID_LIMIT = 100;

const FACT_LIMIT = 120;
const LINKS_LIMIT = 1000;
/** A name, a number or a sys_id. */
const REFERENCE_LIMIT = 255;

/** ServiceNow's numbers: 1 high, 2 medium, 3 low. */
const URGENCY_OF_TONE = { bad: '2', neutral: '3', good: '3' } as const;
const URGENCY_WITHOUT_CLASS = '3';

/**
 * Writes the body of `POST /api/now/table/incident` of ServiceNow, all values texts. Options: `shortDescription` and `callerId`
 * (both with dynamic tags), `urgency` (`auto` = by class, 1 to 3; the impact is the same), `category` (with dynamic tags), `comments` (false: whether
 * what the respondent wrote is also an additional comment, which the caller sees). The id of the response is `correlation_id`, by which
 * a double can be found. Source: docs.servicenow.com, Table API, and the important fields of the task table.
 */
export function compileServiceNowIncident(options: FormatOptions): Format {
  const shortDescription = parseTemplate(textOption(options, 'shortDescription'));
  const callerId = parseTemplate(textOption(options, 'callerId'));
  const urgency = choiceOption(options, 'urgency', ['auto', '1', '2', '3']);
  const category = parseTemplate(textOption(options, 'category'));
  const isCommenting = switchOption(options, 'comments', false);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const title = oneLine(renderTemplate(shortDescription, tagValues(input), plainText));
    const level = urgency === 'auto' ? urgencyOf(response) : urgency;
    const caller = lineOf(renderTemplate(callerId, tagValues(input), plainText), REFERENCE_LIMIT);
    const payload = {
      short_description: lineOf(title || headline(response), SHORT_DESCRIPTION_LIMIT),
      description: describe(response),
      urgency: level,
      impact: level,
      correlation_id: lineOf(correlationOf(response, input), CORRELATION_ID_LIMIT),
      caller_id: caller,
      category: lineOf(renderTemplate(category, tagValues(input), plainText), REFERENCE_LIMIT),
      comments: isCommenting ? commentOf(response) : '',
    };
    return { payload: withoutEmpty(payload), target: targetOf('servicenow-incident') };
  };
}

/** Journal fields show as HTML what stands between `[code]` and `[/code]`. */
const withoutCode = (text: string): string => text.replace(/\[(?=\/?code\b)/gi, '[ ');

const lineOf = (text: string, limit: number): string => cut(oneLine(text), { limit, escape: withoutCode });

const describe = (response: SurveyResponse): string =>
  writeBody(response, {
    limit: DESCRIPTION_LIMIT,
    factLimit: FACT_LIMIT,
    linksLimit: LINKS_LIMIT,
    escape: withoutCode,
    bullet: '',
    labelEnd: ':',
    link: ({ label, url }) => `${label} ${url}`,
  });

const commentOf = ({ comment }: SurveyResponse): string =>
  cut(comment.trim(), { limit: COMMENTS_LIMIT, escape: withoutCode });

function urgencyOf(response: SurveyResponse): string {
  const tone = toneOf(response.class);
  return tone === null ? URGENCY_WITHOUT_CLASS : URGENCY_OF_TONE[tone];
}

/** What is the same each time this response is sent. */
function correlationOf({ responseId, eventId }: SurveyResponse, { message }: FormatInput): string {
  const webhookId: unknown = 'webhookId' in message ? message.webhookId : '';
  return responseId || eventId || (typeof webhookId === 'string' ? webhookId : '');
}

/** An empty value would empty what ServiceNow fills in itself. */
const withoutEmpty = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
