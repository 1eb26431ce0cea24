import { AdminApiError } from '../../../shared/editor/admin-api.ts';
import { placeInOrder } from '../../../shared/editor/place-in-order.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeNotice } from '../notice.ts';
import { paced } from '../paced.ts';
import { keepTimes } from '../time/time-element.ts';
import type { LogTab, MakeView } from '../view.ts';
import { ExternalList } from './external-list.ts';
import { makeExternalForm } from './external-form.ts';
import { keyOfRow, type ExternalPage, type ExternalRow } from './external-row.ts';
import { makeSubjectCard } from './subject-card.ts';

const PAUSE_MS = 500;

/** What groups keep of users, tickets and projects. */
export const makeExternalDataView: MakeView = ({ words }: LogTab) => {
  const refreshButton = makeIconButton('fa-refresh', words('webhook-log-tab.externalData.refresh')).on(
    'click',
    () => reading.ask(),
  );
  const form = makeExternalForm({ words, refreshButton, onChange: () => void begin() });
  const notice = makeNotice(words, () => reading.ask());
  const subjects = makeSubjects(words);
  const more = $('<button type="button" class="red-ui-button survey-hooks-log-older">')
    .text(words('webhook-log-tab.externalData.show-more'))
    .prop('hidden', true)
    .on('click', () => void list.continue());
  const scroll = $('<div class="survey-hooks-log-scroll">').append(subjects.element, more);
  const content = $('<div class="survey-hooks-log-view">').append(form.element, notice.element, scroll);
  let endTimes: (() => void) | undefined;

  const show = ({ items, nextCursor }: ExternalPage): void => {
    form.learn(items);
    subjects.show(items);
    more.prop('hidden', nextCursor === null);
    if (items.length === 0) notice.say(emptyText(), 'note');
    else notice.clear();
  };
  const emptyText = (): string => {
    const { group, subject } = form.query();
    if (subject !== '') return words('webhook-log-tab.externalData.no-subject');
    if (!form.hasGroups()) return words('webhook-log-tab.externalData.no-group');
    return words(`webhook-log-tab.externalData.${group === '' ? 'empty' : 'empty-group'}`);
  };
  const fail = (error: unknown): void => {
    if (!(error instanceof AdminApiError && [401, 403].includes(error.status))) {
      notice.sayError(error);
      return;
    }
    show({ items: [], nextCursor: null });
    notice.say(words('webhook-log-tab.externalData.forbidden'), 'problem');
  };
  const list = new ExternalList({ query: form.query, show, fail });
  const reading = paced(() => list.refresh(), PAUSE_MS);
  const begin = (): Promise<void> => {
    scroll.scrollTop(0);
    return list.begin();
  };

  return {
    id: 'external-data',
    label: words('webhook-log-tab.externalData.label'),
    content,
    show: () => {
      form.refresh();
      endTimes = keepTimes(content);
      reading.ask();
    },
    hide: () => {
      endTimes?.();
      reading.forget();
    },
    // Nothing tells of values that came in; what may have been missed is read anew.
    changed: ({ more: isMore }) => {
      if (isMore) reading.ask();
    },
  };
};

/** The list of subjects. Those that did not change keep their elements. */
function makeSubjects(words: Words) {
  const element = $('<ul class="survey-hooks-log-subjects">').attr(
    'aria-label',
    words('webhook-log-tab.externalData.label'),
  );
  const cards = new Map<string, { readonly text: string; readonly card: JQuery }>();
  const cardOf = (row: ExternalRow): JQuery => {
    const key = keyOfRow(row);
    const text = JSON.stringify(row);
    const known = cards.get(key);
    if (known?.text === text) return known.card;
    const card = makeSubjectCard(row, known?.card.find('details').prop('open') === true, words);
    cards.set(key, { text, card });
    return card;
  };
  const show = (rows: readonly ExternalRow[]): void => {
    const keys = new Set(rows.map(keyOfRow));
    for (const key of cards.keys()) if (!keys.has(key)) cards.delete(key);
    placeInOrder(element, rows.map(cardOf));
  };
  return { element, show };
}
