import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { HookRow } from '../../../shared/editor/hook-row.ts';
import { placeInOrder } from '../../../shared/editor/place-in-order.ts';
import type { Changes } from '../changes.ts';
import { makeNotice } from '../notice.ts';
import { paced } from '../paced.ts';
import { keepTimes } from '../time/time-element.ts';
import type { LogTab, MakeView } from '../view.ts';
import { makeHookCard, type HookCard } from './hook-card.ts';
import { hookTitle } from './hook-title.ts';
import { exampleUser } from './use-as-example.ts';

const PAUSE_MS = 1000;

/** The hooks of the flows that run: what they receive, and what can be done to them while they run. */
export const makeHooksView: MakeView = ({ words }: LogTab) => {
  const cards = new Map<string, HookCard>();
  const makeExample = exampleUser(words);
  const list = $('<ul class="survey-hooks-log-hooks">').attr(
    'aria-label',
    words('webhook-log-tab.hooks.label'),
  );
  const notice = makeNotice(words, () => reading.ask());
  const content = $('<div class="survey-hooks-log-view">').append(
    notice.element,
    $('<div class="survey-hooks-log-scroll">').append(list),
  );
  let endTimes: (() => void) | undefined;

  const cardOf = (hook: HookRow): HookCard => {
    const card =
      cards.get(hook.id) ?? makeHookCard(hook.id, { words, makeExample, onChange: () => reading.ask() });
    cards.set(hook.id, card);
    card.set(hook);
    return card;
  };
  const show = (hooks: readonly HookRow[]): void => {
    const sorted = [...hooks].sort((one, other) => hookTitle(one).localeCompare(hookTitle(other)));
    placeInOrder(
      list,
      sorted.map((hook) => cardOf(hook).element),
    );
    const ids = new Set(hooks.map(({ id }) => id));
    for (const id of cards.keys()) if (!ids.has(id)) cards.delete(id);
    if (hooks.length === 0) notice.say(words('webhook-log-tab.hooks.empty'), 'note');
    else notice.clear();
  };
  const reading = paced(
    () => askAdminApi('hooks').then((answer) => show(answer as HookRow[]), notice.sayError),
    PAUSE_MS,
  );
  const refreshRequests = ({ items, more }: Changes): void => {
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, card] of cards) if (more || ids.has(id)) card.refresh();
  };

  return {
    id: 'hooks',
    label: words('webhook-log-tab.hooks.label'),
    content,
    show: () => {
      endTimes = keepTimes(content);
      reading.ask();
      for (const card of cards.values()) card.refresh();
    },
    hide: () => {
      endTimes?.();
      reading.forget();
      for (const card of cards.values()) card.rest();
    },
    changed: (changes) => {
      if (!changes.more && !changes.items.some(({ kind }) => kind === 'hook')) return;
      reading.ask();
      refreshRequests(changes);
    },
  };
};
