import { makeTime, setTime } from '../time/time-element.ts';
import { healthOf, type Health } from './endpoint-health.ts';
import type { EndpointRow } from './endpoint-row.ts';

const LOOKS: Readonly<Record<Health, { readonly icon: string; readonly style: string }>> = {
  delivering: { icon: 'fa-check-circle', style: 'succeeded' },
  unused: { icon: 'fa-circle-o', style: 'dim' },
  failing: { icon: 'fa-exclamation-triangle', style: 'failed' },
  paused: { icon: 'fa-pause-circle', style: 'in-progress' },
  trying: { icon: 'fa-refresh', style: 'in-progress' },
  untested: { icon: 'fa-hourglass-half', style: 'in-progress' },
  off: { icon: 'fa-power-off', style: 'dim' },
  'by-hand': { icon: 'fa-power-off', style: 'dim' },
  gone: { icon: 'fa-ban', style: 'failed' },
  wrong: { icon: 'fa-times-circle', style: 'failed' },
  unknown: { icon: 'fa-question-circle', style: 'dim' },
};

/** How an endpoint is, in a word. */
export const healthText = (health: Health, words: Words): string =>
  words(`webhook-log-tab.endpoints.health.${health}`);

/** Shows how an endpoint is: an icon and a word, and where there is more to say, a sentence and a time. */
export function makeHealthPart(words: Words) {
  const mark = $('<span>');
  const text = $('<span>');
  const time = makeTime(null);
  const more = $('<p class="survey-hooks-log-endpoint-why">').append(text, ' ', time);

  const show = (row: EndpointRow, now: number): void => {
    const health = healthOf(row);
    const { icon, style } = LOOKS[health];
    mark
      .attr({ class: `survey-hooks-log-status survey-hooks-log-${style}`, 'data-health': health })
      .empty()
      .append(
        $('<i aria-hidden="true">').addClass(`fa ${icon}`),
        $('<span>').text(healthText(health, words)),
      );
    const why = whyText(row, health, { words, now });
    const at = timeOf(row, health);
    text.text(why);
    setTime(time, why === '' || isPast(at, health, now) ? null : at);
    more.prop('hidden', why === '');
  };
  return { mark, more, show };
}

function timeOf(row: EndpointRow, health: Health): string | null {
  if (health === 'paused') return row.nextProbeAt;
  return health === 'failing' ? row.failingSince : null;
}

/** When the next try is due and nothing waits, there is no time to tell. */
const isPast = (at: string | null, health: Health, now: number): boolean =>
  health === 'paused' && at !== null && Date.parse(at) <= now;

function whyText(
  row: EndpointRow,
  health: Health,
  { words, now }: { readonly words: Words; readonly now: number },
): string {
  const say = (key: string): string => words(`webhook-log-tab.endpoints.why.${key}`);
  switch (health) {
    case 'delivering':
    case 'unused':
      return '';
    case 'wrong':
      return [say('wrong'), ...row.problems.map(({ setting, message }) => `${setting}: ${message}`)].join(
        '\n',
      );
    case 'paused':
      if (row.nextProbeAt === null) return say('paused');
      return say(isPast(row.nextProbeAt, health, now) ? 'paused-next' : 'paused-until');
    default:
      return say(health);
  }
}
