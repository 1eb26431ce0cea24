import { followChanges } from './changes.ts';
import { paced } from './paced.ts';
import { makeTabList } from './tab-list.ts';
import type { LogTab, View } from './view.ts';
import { VIEWS } from './views.ts';
import { whenShown } from './when-shown.ts';

/** The content of the sidebar tab: its views, one at a time. What is not seen asks for nothing and listens to nothing. */
export function makeFrame(words: Words): JQuery {
  const root = $('<div class="survey-hooks-log">');
  const speaker = $('<div class="survey-hooks-log-unseen" aria-live="polite">');
  const tab: LogTab = { words, announce: makeAnnounce(speaker), showDeliveries: (wanted) => lead(wanted) };
  const views = VIEWS.map((makeView) => makeView(tab));
  const panels = views.map(({ content }) => $('<div class="survey-hooks-log-panel">').append(content));
  const stage = makeStage();

  const { element, choose } = makeTabList(
    views.map(({ id, label }, index) => ({ id, label, panel: panels[index] ?? $() })),
    {
      label: words('webhook-log-tab.views'),
      onChoose: (id) => stage.set(views.find((view) => view.id === id)),
    },
  );
  const lead: LogTab['showDeliveries'] = (wanted) => {
    const view = views.find(({ want }) => want);
    if (!view) return;
    // Before it is shown, so that it asks only for what is wanted.
    view.want?.(wanted);
    choose(view.id, { isFocused: true });
  };
  root.append(element, ...panels, speaker);
  choose(views[0]?.id ?? '');
  const [node] = root.get();
  if (node) whenShown(node, { shown: () => stage.open(), hidden: () => stage.close() });
  return root;
}

/** What is said faster than it can be heard is not heard. */
const HEARING_MS = 5000;

function makeAnnounce(speaker: JQuery): (text: string) => void {
  let last = '';
  const saying = paced(() => {
    speaker.text(last);
    return Promise.resolve();
  }, HEARING_MS);
  return (text) => {
    last = text;
    saying.ask();
  };
}

/** Tells the view that is chosen whether it is seen, and of changes while it is. */
function makeStage() {
  let chosen: View | undefined;
  let unfollow: (() => void) | undefined;
  return {
    set(view: View | undefined): void {
      if (view === chosen) return;
      if (unfollow) chosen?.hide();
      chosen = view;
      if (unfollow) chosen?.show();
    },
    open(): void {
      unfollow = followChanges((changes) => chosen?.changed(changes));
      chosen?.show();
    },
    close(): void {
      unfollow?.();
      unfollow = undefined;
      chosen?.hide();
    },
  };
}
