import { makeTime } from '../time/time-element.ts';
import type { ExternalValueRow } from './external-row.ts';

/** Longer texts scroll within. */
const LONG_TEXT = 400;

/** A value as people read its type. */
export function makeValue(field: ExternalValueRow, words: Words): JQuery {
  const { type, value, label } = field;
  if (type === 'boolean') return makeYesNo(value === true, words);
  // What was stored under another type before the group was changed is shown as it is.
  if (type === 'date-time' && !Number.isNaN(Date.parse(String(value)))) return makeTime(String(value));
  const text = String(value);
  if (text.length <= LONG_TEXT) return $('<span class="survey-hooks-log-value">').text(text);
  return $('<pre class="survey-hooks-log-text" tabindex="0" role="region">')
    .attr('aria-label', label)
    .text(text);
}

const makeYesNo = (isYes: boolean, words: Words): JQuery =>
  $('<span class="survey-hooks-log-yes-no">').append(
    $('<i aria-hidden="true">').addClass(`fa ${isYes ? 'fa-check' : 'fa-times'}`),
    ' ',
    $('<span>').text(words(`webhook-log-tab.externalData.${isYes ? 'yes' : 'no'}`)),
  );
