import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import { paced } from '../paced.ts';
import { barHeights, totalOf, type Counts, type HourCount } from './last-day.ts';

/** A small chart of the last 24 hours, a bar each. */
export interface LastDayBar {
  readonly element: JQuery;
  /** Reads it anew, soon. */
  readonly refresh: () => void;
  readonly rest: () => void;
}

const PAUSE_MS = 10_000;

/** From the bottom to the top of a bar. */
const PARTS = ['succeeded', 'failed', 'inProgress'] as const;

export function makeLastDayBar(words: Words): LastDayBar {
  const bars = $('<div class="survey-hooks-log-bars" aria-hidden="true">');
  const total = $('<div class="survey-hooks-log-total">');
  const list = $('<ul class="survey-hooks-log-unseen">');
  const element = $('<section class="survey-hooks-log-last-day">')
    .attr('aria-label', words('webhook-log-tab.last-day.label'))
    .prop('hidden', true)
    .append(bars, total, list);
  let shown = '';

  const show = (hours: readonly HourCount[]): void => {
    const sum = totalOf(hours);
    element.prop(
      'hidden',
      PARTS.every((name) => sum[name] === 0),
    );
    if (JSON.stringify(hours) === shown) return;
    shown = JSON.stringify(hours);
    const texts = hours.map((hour) => hourText(hour, words));
    total.text(words('webhook-log-tab.last-day.total', written(sum)));
    bars.empty().append(barHeights(hours).map((heights, index) => makeBar(heights, texts[index] ?? '')));
    const isBusy = hours.map((hour) => PARTS.some((name) => hour[name] > 0));
    list.empty().append(texts.filter((_, index) => isBusy[index]).map((text) => $('<li>').text(text)));
  };
  const reading = paced(
    () =>
      askAdminApi('deliveries/histogram').then(
        (answer) => show(hoursIn(answer)),
        // The list beside it says what is wrong.
        () => void element.prop('hidden', true),
      ),
    PAUSE_MS,
  );
  return { element, refresh: reading.ask, rest: reading.forget };
}

const hoursIn = (answer: unknown): readonly HourCount[] => (answer as { items: HourCount[] }).items;

function makeBar(heights: Counts, text: string): JQuery {
  const bar = $('<div class="survey-hooks-log-bar">').attr('title', text);
  for (const name of PARTS)
    if (heights[name] > 0)
      $('<div>').addClass(`survey-hooks-log-part-${name}`).css('height', `${heights[name]}%`).prependTo(bar);
  return bar;
}

function hourText(hour: HourCount, words: Words): string {
  const begin = Date.parse(hour.from);
  const span = [begin, begin + 3_600_000].map((at) => new Date(at).toISOString().slice(11, 16)).join('–');
  return words('webhook-log-tab.last-day.hour', { hour: span, ...written(hour) });
}

const written = ({ succeeded, failed, inProgress }: Counts): Record<string, string> => ({
  succeeded: succeeded.toLocaleString(),
  failed: failed.toLocaleString(),
  progress: inProgress.toLocaleString(),
});
