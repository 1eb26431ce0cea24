import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { cut, cutUnescaped, oneLine, wellFormed } from './cut.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { linksOf, summarise, type SummaryLink } from './summary.ts';
import { targetOf } from './target.ts';

/** Of the whole message as JSON, in bytes of UTF-8: Teams takes about 28 KB. */
const MESSAGE_LIMIT = 28_000;

/** Limits of ours, in characters, that keep most of the message for the comment. */
const TITLE_LIMIT = 200;
const FACT_LIMIT = 300;
const LINK_LABEL_LIMIT = 60;
const LINKS_LIMIT = 6000;

/** What Teams shows; it hides further ones. */
const LINK_COUNT = 6;

const DEFAULT_TITLE = 'Survey response';

type Element = Readonly<{ type: string } & Record<string, unknown>>;

interface Card {
  readonly body: readonly Element[];
  readonly actions: readonly Element[];
}

/**
 * Writes a message with an Adaptive Card for a workflow of Microsoft Teams. Options: `title` (with dynamic tags; the survey's
 * name where it is empty), `showLinks` (true). The comment is a text run, in which Teams reads no Markdown; where it does, in
 * the title and the facts, what others wrote is escaped. The comment is cut so that the message is not too large.
 * Source: adaptivecards.io/explorer, version 1.4; learn.microsoft.com/microsoftteams, Format cards in Teams.
 */
export function compileTeams(options: FormatOptions): Format {
  const title = parseTemplate(textOption(options, 'title'));
  const isShowingLinks = switchOption(options, 'showLinks', true);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const heading =
      title.length === 0 ? response.surveyName : renderTemplate(title, tagValues(input), plainText);
    const facts = summarise(response).map(({ label, text }) => ({
      title: label,
      value: line(text, FACT_LIMIT),
    }));
    const top = [header(heading), ...(facts.length === 0 ? [] : [{ type: 'FactSet', facts }])];
    const actions = isShowingLinks ? linkButtons(linksOf(response)) : [];
    return {
      payload: messageWith({ body: [...top, ...comment(response.comment, { body: top, actions })], actions }),
      target: targetOf('teams'),
    };
  };
}

/** The message in which a workflow expects the card. */
function messageWith({ body, actions }: Card): Element {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body,
          ...(actions.length === 0 ? {} : { actions }),
        },
      },
    ],
  };
}

const header = (text: string): Element => ({
  type: 'TextBlock',
  text: line(text, TITLE_LIMIT) || DEFAULT_TITLE,
  size: 'Medium',
  weight: 'Bolder',
  wrap: true,
});

/** The comment, if there is any, with as much of it as the rest of the message leaves room for. */
function comment(text: string, others: Card): Element[] {
  const trimmed = text.trim().replace(/\r\n?/g, '\n');
  if (trimmed === '') return [];
  const limit = MESSAGE_LIMIT - bytesOf(messageWith({ ...others, body: [...others.body, textOf('')] }));
  return [textOf(cutUnescaped(trimmed, { limit, measure: (part) => bytesOf(runsOf(part)) }))];
}

const textOf = (text: string): Element => ({ type: 'RichTextBlock', inlines: runsOf(text) });

/** Text that starts like one of the functions that cards know, DATE and TIME, is taken apart: then it is none. */
const runsOf = (text: string): Element[] =>
  text.split(/(?<=\{)(?=\{(?:DATE|TIME)\()/).map((part) => ({ type: 'TextRun', text: part }));

/** Whole links only: half a URL leads nowhere. */
function linkButtons(all: readonly SummaryLink[]): Element[] {
  let room = LINKS_LIMIT;
  return all
    .filter(({ url }) => {
      const fits = url.length <= room;
      if (fits) room -= url.length;
      return fits;
    })
    .slice(0, LINK_COUNT)
    .map(({ label, url }) => ({
      type: 'Action.OpenUrl',
      title: cut(label, { limit: LINK_LABEL_LIMIT }),
      url,
    }));
}

const line = (text: string, limit: number): string => cut(oneLine(text), { limit, escape: escapeMarkdown });

/**
 * A line in which nothing is Markdown: neither emphasis, links, code, HTML and entities anywhere, nor lists, headings and
 * quotes at its start. Signs that mean nothing where they stand are left alone, as some of Teams's apps show the backslashes
 * (github.com/microsoft/AdaptiveCards/issues/5590).
 */
export function escapeMarkdown(text: string): string {
  return wellFormed(text)
    .replace(/[\\`*_~[\]()<]|&(?=#?\w{1,40};)/g, '\\$&')
    .replace(
      /^(?:>|[-+#](?=[-#\s]|$)|\d{1,9}\.(?=\s|$))/,
      (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`,
    );
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
