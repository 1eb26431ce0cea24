import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import { cut, cutUnescaped, oneLine, split, wellFormed } from './cut.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { headline, linksOf, summarise, type SummaryLink } from './summary.ts';
import { targetOf } from './target.ts';

/** Limits of Slack's Block Kit, in characters, except for the fallback, the fields and the links, which keep some of the total for the comment. */
const HEADER_LIMIT = 150;
const SECTION_LIMIT = 3000;
const SECTION_FIELDS = 10;
const CONTEXT_ELEMENTS = 10;
const FALLBACK_LIMIT = 1000;
const FIELD_LIMIT = 300;
const LINKS_LIMIT = 3000;

/** Of all texts in all blocks: from about 13,200 on Slack answers `msg_blocks_too_long`, which it does not document (github.com/slackapi/bolt-js/issues/2509). */
const TOTAL_LIMIT = 13_000;

const DEFAULT_TITLE = 'Survey response';

interface Text {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

type Block = Readonly<
  | { type: 'header'; text: Text }
  | { type: 'section'; text: Text }
  | { type: 'section'; fields: readonly Text[] }
  | { type: 'context'; elements: readonly Text[] }
>;

/**
 * Writes a message for a Slack incoming webhook. Options: `title` (with dynamic tags; the survey's name where it is empty),
 * `showLinks` (true). What the respondent wrote cannot mention anyone nor link anywhere, and the comment not even format itself.
 * A comment that is longer than one block takes several. Source: docs.slack.dev, Block Kit reference and formatting of
 * message text, which has the three control characters escaped in every text object.
 */
export function compileSlack(options: FormatOptions): Format {
  const title = parseTemplate(textOption(options, 'title'));
  const isShowingLinks = switchOption(options, 'showLinks', true);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const heading =
      title.length === 0 ? response.surveyName : renderTemplate(title, tagValues(input), plainText);
    const top = [header(heading), ...facts(response)];
    const bottom = isShowingLinks ? links(linksOf(response)) : [];
    const room = TOTAL_LIMIT - lengthOf([...top, ...bottom]);
    return {
      payload: {
        text: cut(headline(response), { limit: FALLBACK_LIMIT, escape: escapeSlack }),
        // Slack would fetch what is linked to, and a link to notes may be good for one visit only.
        unfurl_links: false,
        unfurl_media: false,
        blocks: [...top, ...comment(response.comment, room), ...bottom],
      },
      target: targetOf('slack'),
    };
  };
}

/** Slack's three control characters, `&` first; nothing else is to be encoded. */
export function escapeSlack(text: string): string {
  return wellFormed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function header(text: string): Block {
  return { type: 'header', text: plain(oneLine(text) || DEFAULT_TITLE, HEADER_LIMIT) };
}

function facts(response: SurveyResponse): Block[] {
  const fields = summarise(response).map(({ label, text }) =>
    // In one line, or a value could look like the next fact.
    markdown(`*${label}*\n${cut(oneLine(text), { limit: FIELD_LIMIT, escape: escapeSlack })}`),
  );
  const count = Math.ceil(fields.length / SECTION_FIELDS);
  return Array.from({ length: count }, (_, at) => ({
    type: 'section',
    fields: fields.slice(at * SECTION_FIELDS, (at + 1) * SECTION_FIELDS),
  }));
}

/** As plain text, in which nothing is a mention, a link or a format. */
function comment(text: string, limit: number): Block[] {
  return split(cutUnescaped(text.trim(), { limit, escape: escapeSlack }), {
    limit: SECTION_LIMIT,
    escape: escapeSlack,
  })
    .filter((part) => part.trim() !== '')
    .map((part) => ({ type: 'section', text: plain(part, SECTION_LIMIT) }));
}

/** Whole links only: half a URL leads nowhere. */
function links(all: readonly SummaryLink[]): Block[] {
  let room = LINKS_LIMIT;
  const elements = all
    .map(linkTo)
    .filter((text) => {
      const fits = text.length <= room;
      if (fits) room -= text.length;
      return fits;
    })
    .map(markdown);
  return elements.length === 0 ? [] : [{ type: 'context', elements: elements.slice(0, CONTEXT_ELEMENTS) }];
}

/** The bar between the two parts has no escape of its own. */
const linkTo = ({ label, url }: SummaryLink): string =>
  `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapeSlack(label).replaceAll('|', '¦')}>`;

function plain(text: string, limit: number) {
  return { type: 'plain_text', text: cut(text, { limit, escape: escapeSlack }), emoji: false } as const;
}

/** `verbatim` keeps Slack from making links and mentions of plain words such as @here. */
const markdown = (text: string) => ({ type: 'mrkdwn', text, verbatim: true }) as const;

function textsOf(block: Block): readonly Text[] {
  if ('fields' in block) return block.fields;
  return 'elements' in block ? block.elements : [block.text];
}

const lengthOf = (blocks: readonly Block[]): number =>
  blocks.flatMap(textsOf).reduce((sum, { text }) => sum + text.length, 0);
