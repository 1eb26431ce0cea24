import type { SurveyResponse } from '../survey-response.ts';
import { writeBody } from './text-body.ts';

/** Zendesk takes comments of 64 KB; what it makes of one for its mails is longer. */
const BODY_BYTES = 60_000;
const FACT_BYTES = 1000;
const LINKS_BYTES = 8000;

const UTF8 = new TextEncoder();

/**
 * A response as the `body` of a Zendesk comment, which is Markdown: nothing that others wrote formats, links or loads anything.
 * Source: developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments, Bodies.
 */
export const describeInMarkdown = (response: SurveyResponse): string =>
  writeBody(response, {
    limit: BODY_BYTES,
    factLimit: FACT_BYTES,
    linksLimit: LINKS_BYTES,
    measure: (text) => UTF8.encode(text).length,
    escape: escapeMarkdown,
    bullet: '- ',
    labelEnd: '',
    link: ({ label, url }) => `[${label}](${url})`,
  });

/** A text in which Zendesk finds no placeholder such as `{{ticket.requester.email}}`, which it would fill in. */
export const withoutPlaceholders = (text: string): string => text.replace(/\{(?=[{%])/g, '{ ');

/** What is markup wherever it stands; `_` within a word is none. */
const INLINE = /[\\`*[\]<~|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,32};)/g;
/** What makes a block at the start of a line. */
const BLOCK = /(?<=^[ \t]*)(?:[#>=]|[-+](?=[-+\s]|$)|:(?=-))|(?<=^[ \t]*\d{1,9})[.)](?=\s|$)/gm;
const INDENT = /^[ \t]+/gm;
const LINE_END = /\r\n|\r|\n/g;

/** Plain text as Markdown that shows the same, with its line ends. */
export function escapeMarkdown(text: string): string {
  return withoutPlaceholders(text)
    .replace(LINE_END, '\n')
    .replace(INLINE, String.raw`\$&`)
    .replace(BLOCK, String.raw`\$&`)
    .replace(INDENT, (spaces) => '\u00A0'.repeat(spaces.length))
    .replaceAll('\n', '  \n');
}
