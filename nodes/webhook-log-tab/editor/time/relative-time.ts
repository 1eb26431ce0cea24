const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago a time is, or how far ahead, in words of a language; times are epoch ms. More than 30 days away it is the day. */
export function relativeTime(at: number, now: number, language: string): string {
  const away = at - now;
  const distance = Math.abs(away);
  if (distance >= 30 * DAY_MS) return inLanguage(language, (tag) => dayText(at, tag));
  const [unit, unitMs] = unitOf(distance);
  const count = Math.trunc(away / unitMs);
  return inLanguage(language, (tag) =>
    new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' }).format(count, unit),
  );
}

function unitOf(distance: number): ['second' | 'minute' | 'hour' | 'day', number] {
  // Seconds would be wrong as soon as they are read.
  if (distance < MINUTE_MS) return ['second', Infinity];
  if (distance < HOUR_MS) return ['minute', MINUTE_MS];
  return distance < DAY_MS ? ['hour', HOUR_MS] : ['day', DAY_MS];
}

const dayText = (at: number, tag: string | undefined): string =>
  new Date(at).toLocaleDateString(tag, { timeZone: 'UTC', dateStyle: 'medium' });

/** Does it in the editor's language, or in the browser's where that is not one that it knows. */
function inLanguage(language: string, write: (tag: string | undefined) => string): string {
  try {
    return write(language);
  } catch {
    return write(undefined);
  }
}

/** The exact time, such as `2026-01-31 12:00:05 GMT`; `at` is epoch ms. */
export const gmtText = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} GMT`;

/** How long something took, such as `85 ms` or `2.4 s`. */
export const durationText = (durationMs: number): string =>
  durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`;
