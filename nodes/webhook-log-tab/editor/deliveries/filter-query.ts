/** What a person narrows the log by; empty = by nothing. */
export interface LogFilter {
  readonly search: string;
  readonly status: string;
  readonly endpoint: string;
  readonly listeningPost: string;
  /** One of PERIODS, or `between` for `from` and `to`. */
  readonly period: string;
  /** As an input of type `datetime-local` gives them; they are meant in GMT. */
  readonly from: string;
  readonly to: string;
}

const HOUR_MS = 3_600_000;

/** How far back a period goes, in ms, by the name of its choice. */
const PERIODS: Readonly<Record<string, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};

/** The parameters of the admin API that a filter means at the time `now`, epoch ms; what narrows nothing is left out. */
export function filterQuery(filter: LogFilter, now: number): Record<string, string> {
  const { search, status, endpoint, listeningPost } = filter;
  const all = { search: search.trim(), status, endpoint, listeningPost, ...timeQuery(filter, now) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function timeQuery({ period, from, to }: LogFilter, now: number): { from: string; to: string } {
  if (period === 'between') return { from: gmtTime(from), to: gmtTime(to) };
  const length = PERIODS[period];
  return { from: length === undefined ? '' : new Date(now - length).toISOString(), to: '' };
}

function gmtTime(local: string): string {
  const at = Date.parse(`${local}Z`);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
}

/** How many of the choices that are not always in sight narrow the log: all but search and status. */
export const hiddenFilterCount = ({ endpoint, listeningPost, period }: LogFilter): number =>
  [endpoint, listeningPost, period].filter((value) => value !== '').length;

/** Whether nothing is narrowed. */
export const isOpenFilter = (filter: LogFilter): boolean =>
  filter.search.trim() === '' && filter.status === '' && hiddenFilterCount(filter) === 0;
