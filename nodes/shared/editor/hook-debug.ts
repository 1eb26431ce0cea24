import { AdminApiError, askAdminApi } from './admin-api.ts';
import type { HookRow } from './hook-row.ts';
import type { Interaction } from './interaction.ts';
import { showInteractions } from './interaction-list.ts';
import { parkedEvents, type ParkedParts, type WordedHook } from './parked-events.ts';

interface DebugParts {
  list: JQuery;
  /** Says why nothing is in the list. */
  note: JQuery;
  refresh: JQuery;
  parked: ParkedParts;
}

/** The elements of a dialog whose ids begin with the type of its node. */
function findParts(type: string): DebugParts {
  const part = (name: string): JQuery => $(`#${type}-${name}`);
  return {
    list: part('interactions'),
    note: part('debug-note'),
    refresh: part('refresh'),
    parked: {
      row: part('parked'),
      count: part('parked-count'),
      run: part('run-parked'),
      drop: part('drop-parked'),
      confirm: part('confirm-parked'),
      question: part('parked-question'),
      yes: part('parked-yes'),
      no: part('parked-no'),
      failed: part('parked-failed'),
    },
  };
}

/** What a person can see of a deployed hook. */
export interface HookDebug {
  /** Reads it anew, and from then on whenever the hook changes. */
  readonly show: () => void;
  readonly stop: () => void;
}

const TOPIC = 'survey-hooks/changed';

/**
 * The last interactions of a hook and its parked events, kept as they are in the running flow. `words` are those below `debug` in the
 * catalogue of its type.
 */
export function hookDebug(node: EditorNode, words: Words): HookDebug {
  const parts = findParts(node.type);
  let isShown = false;
  let isLoading = false;
  let isAsked = false;
  const load = async (): Promise<void> => {
    isAsked = true;
    if (isLoading) return;
    isLoading = true;
    while (isAsked) {
      isAsked = false;
      await showHook(parts, { id: node.id, words }, parked);
    }
    isLoading = false;
  };
  const parked = parkedEvents(parts.parked, { id: node.id, words }, () => void load());
  const onChanged: CommsListener = (_topic, message) => {
    if (isAbout(message, node.id)) void load();
  };
  parts.refresh.on('click', () => void load());
  return {
    show: () => {
      if (!isShown) RED.comms.subscribe(TOPIC, onChanged);
      isShown = true;
      void load();
    },
    stop: () => RED.comms.unsubscribe(TOPIC, onChanged),
  };
}

/** Shows the hook as it is, or why it cannot be shown. */
async function showHook(
  { list, note }: DebugParts,
  { id, words }: WordedHook,
  showParked: (count: number) => void,
): Promise<void> {
  const { hook, interactions, trouble } = await readHook(id);
  if (trouble !== 'unreachable') showParked(hook?.parked ?? 0);
  showInteractions(list, interactions, { words });
  note.text(trouble === undefined ? '' : words(`trouble.${trouble}`)).toggle(trouble !== undefined);
}

interface ReadHook {
  readonly hook: HookRow | undefined;
  readonly interactions: readonly Interaction[];
  /** Why no interactions are to be seen. */
  readonly trouble: 'notDeployed' | 'off' | 'none' | 'forbidden' | 'unreachable' | undefined;
}

async function readHook(id: string): Promise<ReadHook> {
  let hook: HookRow | undefined;
  try {
    // Both are what the admin API answers.
    hook = ((await askAdminApi('hooks')) as HookRow[]).find((row) => row.id === id);
    if (!hook?.debug) return { hook, interactions: [], trouble: hook ? 'off' : 'notDeployed' };
    const interactions = (await askAdminApi(`hooks/${encodeURIComponent(id)}/interactions`)) as Interaction[];
    return { hook, interactions, trouble: interactions.length === 0 ? 'none' : undefined };
  } catch (error) {
    return { hook, interactions: [], trouble: isForbidden(error) ? 'forbidden' : 'unreachable' };
  }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof AdminApiError && (error.status === 401 || error.status === 403);

function isAbout(message: unknown, id: string): boolean {
  const { items, more } = (message ?? {}) as { items?: readonly { id: string }[]; more?: boolean };
  return more === true || (items ?? []).some((item) => item.id === id);
}
