import type { SurveyResponse } from '../survey-response.ts';
import { cut, oneLine, wellFormed } from './cut.ts';
import { headline, linksOf, summarise } from './summary.ts';

/** Limits of ours, in characters of HTML: Freshdesk names none for descriptions and notes. */
const COMMENT_LIMIT = 50_000;
const FACT_LIMIT = 1000;
const LINK_LIMIT = 2000;
const LINK_COUNT = 20;

/** Freshdesk's own, for subjects and names. */
export const LINE_LIMIT = 255;

/** A response as the HTML of a Freshdesk description or note: whatever was written by others is escaped. */
export function describeInHtml(response: SurveyResponse): string {
  const rows = summarise(response).map(
    ({ label, text }) => `<b>${label}:</b> ${htmlOf(oneLine(text), FACT_LIMIT)}`,
  );
  const links = linksOf(response)
    .map(({ label, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`)
    .filter((link) => link.length <= LINK_LIMIT)
    .slice(0, LINK_COUNT);
  const comment = response.comment.trim() === '' ? [] : [htmlOf(response.comment, COMMENT_LIMIT)];
  const paragraphs = [comment, rows, links]
    .filter((lines) => lines.length > 0)
    .map((lines) => `<p>${lines.join('<br>')}</p>`);
  // Freshdesk takes no empty text.
  return paragraphs.length === 0 ? `<p>${escapeHtml(headline(response))}</p>` : paragraphs.join('');
}

const htmlOf = (text: string, limit: number): string => cut(text, { limit, escape: escapeLines });

const escapeLines = (text: string): string => escapeHtml(text).replace(/\r\n|\r|\n/g, '<br>');

function escapeHtml(text: string): string {
  return wellFormed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
