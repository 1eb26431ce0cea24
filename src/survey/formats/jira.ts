import type { SurveyResponse } from '../survey-response.ts';
import { writeBody } from './text-body.ts';

/** Jira's own, in characters, for descriptions and comments. */
const TEXT_LIMIT = 32_767;
const FACT_LIMIT = 1000;
const LINKS_LIMIT = 6000;

/**
 * A response as a Jira description or comment, which is wiki markup: nothing that others wrote is markup, mentions anyone or shows
 * an image. Source: jira.atlassian.com, Text Formatting Notation.
 */
export const describeInWiki = (response: SurveyResponse): string =>
  writeBody(response, {
    limit: TEXT_LIMIT,
    factLimit: FACT_LIMIT,
    linksLimit: LINKS_LIMIT,
    escape: escapeWiki,
    bullet: '* ',
    labelEnd: ':',
    link: ({ label, url }) => `${label} ${url}`,
  });

/** Takes no room and is no sign of any markup. */
const JOINER = '\u2060';

/** A backslash takes the meaning from a sign; two of them are a line break, so that of a text is kept away from the next sign. */
const BACKSLASH = /\\(?=[^A-Za-z0-9\s])/g;
/** Signs that are markup wherever they stand, or not within a word, or before something, or at the start of a line. */
const SIGNS =
  /[*^~|{}[\]]|(?<![A-Za-z0-9])[-_+]|\?(?=\?)|(?<=\?)\?|!(?=\S)|(?<=[:;]-?)[()]|\((?=(?:[-!?+*/\\a-z]|\*[a-z]|on|off|flag|flagoff)\))|(?<=^[ \t]*)#/gim;
/** Marks that no backslash takes the meaning from: smileys with a letter, headings and quotes. */
const SMILEY = /(?<=[:;]-?)(?=[PpD](?![A-Za-z0-9]))/g;
const HEADING = /(?<=^[ \t]*(?:h[1-6]|bq))(?=\.)/gim;

/** Plain text as wiki markup that shows the same. */
export const escapeWiki = (text: string): string =>
  text
    .replace(BACKSLASH, `\\${JOINER}`)
    .replace(SIGNS, String.raw`\$&`)
    .replace(SMILEY, JOINER)
    .replace(HEADING, JOINER);
