import type { SurveyResponse } from '../survey-response.ts';
import { cut, oneLine, type CutOptions, type Escape } from './cut.ts';
import { headline, linksOf, summarise, type SummaryLink } from './summary.ts';

/** How a target writes text of several lines. Lengths are as its `measure` counts, UTF-16 units if it has none. */
export interface BodyStyle {
  /** The most that the whole may measure. */
  readonly limit: number;
  /** The most of one fact. */
  readonly factLimit: number;
  /** The most of all links together; one that does not fit is left out, as half a URL leads nowhere. */
  readonly linksLimit: number;
  readonly measure?: NonNullable<CutOptions['measure']>;
  /** Takes the markup from what others wrote. */
  readonly escape: Escape;
  /** What begins the line of a fact or a link. */
  readonly bullet: string;
  /** What follows the label of a link, if anything: it can make a sign at the end of the label markup, so they are escaped as one. */
  readonly labelEnd: string;
  /** Writes a link from a label that is escaped, with its end, and a URL without any sign that could be markup. */
  readonly link: (link: SummaryLink) => string;
}

/** A response as text: what the respondent wrote, the facts and the links. All facts are there; the comment gets the room that is left. */
export function writeBody(response: SurveyResponse, style: BodyStyle): string {
  const { limit, measure = lengthOf } = style;
  const lists = [writeFacts(response, style), writeLinks(response, style)].filter((text) => text !== '');
  const room = limit - lists.reduce((sum, text) => sum + measure(`\n\n${text}`), 0);
  const comment = response.comment.trim() === '' ? [] : [cutText(response.comment, room, style)];
  const paragraphs = [...comment, ...lists];
  // Targets take no empty text.
  return paragraphs.length === 0 ? cutText(headline(response), limit, style) : paragraphs.join('\n\n');
}

/** A URL with every sign percent-encoded that is markup somewhere. */
export const encodeSigns = (url: string): string =>
  url.replace(/[[\](){}<>|\\^!*`'"~;]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function writeFacts(response: SurveyResponse, style: BodyStyle): string {
  const { bullet, factLimit } = style;
  return summarise(response)
    .map(({ label, text }) => `${bullet}${label}: ${cutText(oneLine(text), factLimit, style)}`)
    .join('\n');
}

function writeLinks(response: SurveyResponse, style: BodyStyle): string {
  const { bullet, factLimit, labelEnd, measure = lengthOf } = style;
  let room = style.linksLimit;
  return linksOf(response)
    .map(({ label, url }) => {
      const name = cutText(`${oneLine(label) || 'Link'}${labelEnd}`, factLimit, style);
      return `${bullet}${style.link({ label: name, url: encodeSigns(url) })}`;
    })
    .filter((line) => {
      const length = measure(`${line}\n`);
      const isFitting = length <= room;
      if (isFitting) room -= length;
      return isFitting;
    })
    .join('\n');
}

const cutText = (text: string, limit: number, { escape, measure = lengthOf }: BodyStyle): string =>
  cut(text, { limit, escape, measure });

const lengthOf = (text: string): number => text.length;
