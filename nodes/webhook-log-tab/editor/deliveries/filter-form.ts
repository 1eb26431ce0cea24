import { makeIconButton } from '../icon-button.ts';
import { hiddenFilterCount, type LogFilter } from './filter-query.ts';
import type { KnownChoices } from './known-choices.ts';
import { STATUSES, statusText } from './status-mark.ts';

/** The inputs that narrow the log. */
export interface FilterForm {
  /** Always in sight, as `status` is. */
  readonly search: JQuery;
  readonly status: JQuery;
  /** Opens and closes `more`. */
  readonly toggle: JQuery;
  readonly more: JQuery;
  readonly value: () => LogFilter;
  readonly clear: () => void;
  /** Narrows to these and by nothing else. */
  readonly narrow: (wanted: Pick<LogFilter, 'endpoint' | 'status'>) => void;
  /** Offers what is known now. */
  readonly refresh: () => void;
}

/** Whoever types is waited for so long, in ms. */
const TYPING_MS = 400;
const PERIODS = ['hour', 'day', 'week', 'month', 'between'] as const;

type Choices = ReadonlyMap<string, string>;

export function makeFilterForm(words: Words, known: KnownChoices, onChange: () => void): FilterForm {
  const search = $('<input type="search" class="survey-hooks-log-search">').attr({
    placeholder: words('webhook-log-tab.filter.search'),
    'aria-label': words('webhook-log-tab.filter.search'),
    title: words('webhook-log-tab.filter.search-title'),
    maxlength: 200,
  });
  const status = $('<select>').attr('aria-label', words('webhook-log-tab.filter.status'));
  const endpoint = $('<select>');
  const listeningPost = $('<select>');
  const period = $('<select>');
  const from = $('<input type="datetime-local">');
  const to = $('<input type="datetime-local">');
  const fields = { endpoint, 'listening-post': listeningPost, period };

  const more = $('<div id="survey-hooks-log-filters" class="survey-hooks-log-filters">').prop('hidden', true);
  for (const [name, field] of Object.entries(fields))
    more.append(labelled(words(`webhook-log-tab.filter.${name}`), field));
  const between = [
    labelled(words('webhook-log-tab.filter.from'), from),
    labelled(words('webhook-log-tab.filter.to'), to),
  ];
  const clearButton = makeIconButton('fa-times', words('webhook-log-tab.filter.clear'));
  more.append(...between, clearButton);
  const toggle = makeIconButton('fa-filter', words('webhook-log-tab.filter.toggle'))
    .attr({ 'aria-expanded': 'false', 'aria-controls': 'survey-hooks-log-filters' })
    .append($('<b class="survey-hooks-log-count">'));

  const value = (): LogFilter => ({
    search: textOf(search),
    status: textOf(status),
    endpoint: textOf(endpoint),
    listeningPost: textOf(listeningPost),
    period: textOf(period),
    from: textOf(from),
    to: textOf(to),
  });
  const showCount = (): void => {
    const filter = value();
    const count = hiddenFilterCount(filter);
    toggle.find('.survey-hooks-log-count').text(count === 0 ? '' : String(count));
    for (const field of between) field.prop('hidden', filter.period !== 'between');
  };
  const change = (): void => {
    showCount();
    onChange();
  };
  const refresh = (): void => {
    offer(endpoint, { any, choices: known.endpoints() });
    offer(listeningPost, { any, choices: known.listeningPosts() });
  };

  const any = words('webhook-log-tab.filter.any');
  offer(status, { any: words('webhook-log-tab.filter.any-status'), choices: statusChoices(words) });
  offer(period, { any, choices: periodChoices(words) });
  showCount();
  status.on('change', change);
  more.on('change', 'select, input', change);
  more.on('focusin', 'select', refresh);
  let typing: ReturnType<typeof setTimeout> | undefined;
  search.on('input', () => {
    clearTimeout(typing);
    typing = setTimeout(change, TYPING_MS);
  });
  toggle.on('click', () => {
    const isOpen = more.prop('hidden') === true;
    refresh();
    more.prop('hidden', !isOpen);
    toggle.attr('aria-expanded', String(isOpen));
  });
  const empty = (): void => {
    for (const field of [search, status, endpoint, listeningPost, period, from, to]) field.val('');
  };
  const clear = (): void => {
    empty();
    change();
  };
  const narrow: FilterForm['narrow'] = (wanted) => {
    refresh();
    empty();
    status.val(wanted.status);
    endpoint.val(wanted.endpoint);
    change();
  };
  clearButton.on('click', clear);
  return { search, status, toggle, more, value, clear, narrow, refresh };
}

const textOf = (field: JQuery): string => String(field.val() ?? '');

const labelled = (text: string, field: JQuery): JQuery => $('<label>').append($('<span>').text(text), field);

const statusChoices = (words: Words): Choices =>
  new Map(STATUSES.map((status) => [status, statusText(status, words)]));

const periodChoices = (words: Words): Choices =>
  new Map(PERIODS.map((period) => [period, words(`webhook-log-tab.period.${period}`)]));

/** Fills a choice anew where it differs, without changing what is chosen; `any` narrows nothing. */
function offer(select: JQuery, { any, choices }: { readonly any: string; readonly choices: Choices }): void {
  const wanted = [['', any], ...choices];
  const there = select
    .children()
    .get()
    .map((option) => [$(option).attr('value'), $(option).text()]);
  if (JSON.stringify(there) === JSON.stringify(wanted)) return;
  const chosen = textOf(select);
  select.empty();
  for (const [value = '', text = ''] of wanted)
    $('<option>').attr('value', value).text(text).appendTo(select);
  if (chosen !== '') select.val(chosen);
}
