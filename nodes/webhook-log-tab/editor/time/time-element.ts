import { gmtText, relativeTime } from './relative-time.ts';

/** Writes a time into its element: how long ago it was, with the exact time on hover and for machines; nothing where there is none. */
export function setTime(element: JQuery, iso: string | null): void {
  if (element.attr('datetime') === (iso ?? undefined)) return;
  if (iso === null) {
    element.removeAttr('datetime').removeAttr('title').text('');
    return;
  }
  element.attr({ datetime: iso, title: gmtText(Date.parse(iso)) });
  refresh(element, Date.now());
}

/** An element with a time. */
export function makeTime(iso: string | null): JQuery {
  const element = $('<time>');
  setTime(element, iso);
  return element;
}

const MINUTE_MS = 60_000;

/** Keeps the times below an element true, from now on and each minute. Returns what ends it. */
export function keepTimes(root: JQuery): () => void {
  const refreshAll = (): void => {
    const now = Date.now();
    root.find('time[datetime]').each((_, element) => refresh($(element), now));
  };
  refreshAll();
  const timer = setInterval(refreshAll, MINUTE_MS);
  return () => clearInterval(timer);
}

function refresh(element: JQuery, now: number): void {
  const at = Date.parse(element.attr('datetime') ?? '');
  element.text(relativeTime(at, now, RED.i18n.lang()));
}
