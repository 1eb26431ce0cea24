import { AdminApiError, askAdminApi } from '../../../shared/editor/admin-api.ts';
import { showInteractions } from '../../../shared/editor/interaction-list.ts';
import type { Interaction } from '../../../shared/editor/interaction.ts';
import { errorText } from '../notice.ts';
import { paced } from '../paced.ts';

interface RequestsParts {
  readonly id: string;
  /** Those below `debug`. */
  readonly debugWords: Words;
  readonly words: Words;
  /** What is added to each. */
  readonly more: (interaction: Interaction) => JQuery;
}

/** The last requests to a hook, folded away until somebody wants to see them. */
export interface HookRequests {
  readonly element: JQuery;
  readonly setDebugged: (isDebugged: boolean) => void;
  /** Reads them anew, soon, where they are seen. */
  readonly refresh: () => void;
  readonly rest: () => void;
}

const PAUSE_MS = 1000;

export function makeHookRequests({ id, debugWords, words, more }: RequestsParts): HookRequests {
  const list = $('<div>');
  const note = $('<div class="survey-hooks-log-dim" role="status">');
  const fold = $('<details class="survey-hooks-log-hook-requests">').append(
    $('<summary>').text(words('webhook-log-tab.hooks.requests')),
    note,
    list,
  );
  let isDebugged = false;
  const show = (interactions: readonly Interaction[], text: string): void => {
    showInteractions(list, interactions, { words: debugWords, more });
    // What is said again must not be heard again.
    if (note.text() !== text) note.text(text);
    note.prop('hidden', text === '');
  };
  const read = async (): Promise<void> => {
    if (!isDebugged) {
      show([], words('webhook-log-tab.hooks.debug-off'));
      return;
    }
    try {
      const interactions = (await askAdminApi(
        `hooks/${encodeURIComponent(id)}/interactions`,
      )) as Interaction[];
      show(interactions, interactions.length === 0 ? words('webhook-log-tab.hooks.no-request') : '');
    } catch (error) {
      show([], requestsTrouble(error, words));
    }
  };
  const reading = paced(read, PAUSE_MS);
  const refresh = (): void => {
    if (fold.prop('open') === true) reading.ask();
  };
  fold.on('toggle', refresh);
  return {
    element: fold,
    setDebugged: (isNow) => {
      if (isNow === isDebugged) return;
      isDebugged = isNow;
      refresh();
    },
    refresh,
    rest: reading.forget,
  };
}

const requestsTrouble = (error: unknown, words: Words): string =>
  error instanceof AdminApiError && [401, 403].includes(error.status)
    ? words('webhook-log-tab.hooks.forbidden')
    : errorText(error, words);
