import { NOTES_LINK } from '../sources/cio-pulse.ts';
import type { CodeAndName, SurveyResponse } from '../survey-response.ts';
import { oneLine } from './cut.ts';

/** A fact about a response, as people read it. */
export interface SummaryRow {
  readonly label: string;
  readonly text: string;
}

export interface SummaryLink {
  readonly label: string;
  /** An absolute http or https URL, percent-encoded. */
  readonly url: string;
}

/** Values that CIOPulse sends for a segment that there is none of. */
const NO_SEGMENT_CODE = 'NONE';

/** The facts of a response that are there, at most eleven; the comment is not among them. */
export function summarise(response: SurveyResponse): SummaryRow[] {
  const { respondent, drivers } = response;
  const chosen = Object.entries(drivers).filter(([, value]) => value !== 0);
  const rows = [
    { label: 'Score', text: scoreText(response) },
    { label: 'Rating', text: ratingText(response) },
    { label: 'Customer', text: unique([respondent.name, respondent.id, respondent.email, respondent.phone]) },
    { label: 'Account', text: response.account },
    { label: 'Ticket', text: response.ticketId },
    { label: 'Agent', text: response.agent },
    { label: 'Support group', text: nameOf(response.supportGroup) },
    { label: 'Because of', text: chosen.map(([name]) => name).join(', ') },
    { label: 'Segment', text: unique(response.segments.map(nameOf)) },
    { label: 'Language', text: response.language },
    { label: 'Answered', text: response.submittedAt },
  ];
  return rows.filter(({ text }) => text.trim() !== '');
}

/** A response in one line: `Detractor 3/10 from carole.customer (INC123456)`, `Rating Gold star from Jo Doe`. */
export function headline(response: SurveyResponse): string {
  const { respondent, score, scale, ticketId } = response;
  const { name, id, email, phone } = respondent;
  const who = [name, id, email, phone].find((text) => text.trim() !== '') ?? '';
  const parts = [
    whatItIs(response),
    ...(score === null ? [] : [`${score}/${scale.max}`]),
    ...(who === '' ? [] : [`from ${who}`]),
    ...(ticketId.trim() === '' ? [] : [`(${ticketId})`]),
  ];
  return oneLine(parts.join(' '));
}

function whatItIs(response: SurveyResponse): string {
  if (response.class !== null) return capitalised(response.class);
  const rating = ratingText(response);
  return rating.trim() === '' ? 'Survey response' : `Rating ${rating}`;
}

/** The links of a response that a person may follow: a link is data, so a scheme other than http and https is left out. */
export function linksOf({ links }: SurveyResponse): SummaryLink[] {
  return Object.entries(links).flatMap(([name, text]) => {
    const url = URL.parse(text);
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    return url && isWeb ? [{ label: linkLabel(name), url: url.href }] : [];
  });
}

function scoreText({ score, scale, class: surveyClass }: SurveyResponse): string {
  const text = score === null ? '' : `${score} of ${scale.max}`;
  if (surveyClass === null) return text;
  return text === '' ? capitalised(surveyClass) : `${text} (${surveyClass})`;
}

/** What the respondent chose, unless the score says the same. */
function ratingText({ rating, score, class: surveyClass }: SurveyResponse): string {
  const isSaid =
    rating.trim().toLowerCase() === surveyClass || (score !== null && rating.trim() === String(score));
  return isSaid ? '' : rating;
}

function linkLabel(name: string): string {
  return name === NOTES_LINK ? 'Service recovery notes' : oneLine(name) || 'Link';
}

const nameOf = ({ code, name }: CodeAndName): string => (code === NO_SEGMENT_CODE ? '' : name || code);

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const unique = (texts: readonly string[]): string =>
  [...new Set(texts.filter((text) => text.trim() !== ''))].join(', ');
