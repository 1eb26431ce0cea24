import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { cutEscaped, wellFormed } from './cut.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { headline, linksOf, summarise, type SummaryLink } from './summary.ts';

/** Limits of Slack's Block Kit, in characters, and the most blocks of text that keep a message under its undocumented total near 13,200. */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3000;
const FALLBACK_LIMIT = 1000;
const FIELD_LIMIT = 300;
const LINKS_LIMIT = 3000;
const CONTEXT_ELEMENTS = 10;

const DEFAULT_TITLE = 'Survey response';

type Block = Readonly<Record<string, unknown>>;

/**
 * Writes a message for a Slack incoming webhook. Options: `title` (with dynamic tags; the survey's name where it is empty),
 * `showLinks` (true). What the respondent wrote cannot mention anyone, link anywhere or format itself as a link.
 * Source: docs.slack.dev, Block Kit reference and formatting of message text.
 */
export function compileSlack(options: FormatOptions): Format {
  const title = parseTemplate(textOption(options, 'title'));
  const isShowingLinks = switchOption(options, 'showLinks', true);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const heading =
      title.length === 0 ? response.surveyName : renderTemplate(title, tagValues(input), plainText);
    const fields = summarise(response).map(({ label, text }) =>
      markdown(cutEscaped(`*${label}*\n${escapeSlack(text)}`, FIELD_LIMIT)),
    );
    const blocks = [
      header(heading.trim() === '' ? DEFAULT_TITLE : heading),
      ...(fields.length === 0 ? [] : [{ type: 'section', fields }]),
      ...comment(response.comment),
      ...(isShowingLinks ? links(linksOf(response)) : []),
    ];
    return { payload: { text: cutEscaped(escapeSlack(headline(response)), FALLBACK_LIMIT), blocks } };
  };
}

/** Slack's three control characters, `&` first; nothing else is to be encoded. */
export function escapeSlack(text: string): string {
  return wellFormed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function header(text: string): Block {
  const line = escapeSlack(text.replace(/\s+/g, ' ').trim());
  return { type: 'header', text: { type: 'plain_text', text: cutEscaped(line, HEADER_LIMIT), emoji: false } };
}

/** `verbatim` keeps Slack from making links and mentions of plain words such as @here. */
function markdown(text: string): Block {
  return { type: 'mrkdwn', text, verbatim: true };
}

function comment(text: string): Block[] {
  if (text.trim() === '') return [];
  return [{ type: 'section', text: markdown(cutEscaped(escapeSlack(text), SECTION_LIMIT)) }];
}

/** Whole links only: half a URL leads nowhere. */
function links(all: readonly SummaryLink[]): Block[] {
  let room = LINKS_LIMIT;
  const elements = all
    .map(({ label, url }) => `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapeSlack(label)}>`)
    .filter((text) => {
      const fits = text.length <= room;
      if (fits) room -= text.length;
      return fits;
    })
    .map(markdown);
  return elements.length === 0 ? [] : [{ type: 'context', elements: elements.slice(0, CONTEXT_ELEMENTS) }];
}
