import { AdminApiError, askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { HookRow } from '../../../shared/editor/hook-row.ts';
import type { Interaction } from '../../../shared/editor/interaction.ts';
import { makeIconButton } from '../icon-button.ts';
import { errorText, makeNotice } from '../notice.ts';
import { makeHookFacts } from './hook-facts.ts';
import { makeKind } from './hook-kind.ts';
import { makeParked } from './hook-parked.ts';
import { makeHookRequests } from './hook-requests.ts';
import { hookTitle } from './hook-title.ts';
import { makeSwitch } from './hook-switch.ts';
import { deployedSwitches, switchedOnes } from './switched.ts';

interface CardParts {
  readonly words: Words;
  readonly makeExample: (hookId: string, interaction: Interaction) => JQuery;
  /** Something was done to the hook. */
  readonly onChange: () => void;
}

/** One hook of the list. */
export interface HookCard {
  readonly element: JQuery;
  /** Shows another state of the same hook. */
  readonly set: (hook: HookRow) => void;
  /** Reads its requests anew, where they are seen. */
  readonly refresh: () => void;
  readonly rest: () => void;
}

export function makeHookCard(id: string, { words, makeExample, onChange }: CardParts): HookCard {
  const debugWords: Words = (key, values) => words(`webhook-log-tab.hooks.debug.${key}`, values);
  const kind = $('<span>');
  const title = $('<h3>').attr('id', `survey-hooks-log-hook-${id}`);
  const reveal = makeIconButton('fa-crosshairs', words('webhook-log-tab.hooks.reveal')).on('click', () =>
    RED.view.reveal(id),
  );
  const facts = makeHookFacts(words);
  const notice = makeNotice(words);
  const post = async (action: string, fields: Record<string, unknown>): Promise<boolean> => {
    notice.clear();
    try {
      await askAdminApi(`hooks/${encodeURIComponent(id)}/${action}`, fields);
      return true;
    } catch (error) {
      notice.say(switchTrouble(error, words), 'problem');
      return false;
    } finally {
      onChange();
    }
  };
  const active = makeSwitch({
    label: words('webhook-log-tab.hooks.active'),
    hint: words('webhook-log-tab.hooks.active-hint'),
    onSwitch: (isOn) => post(isOn ? 'activate' : 'deactivate', {}),
  });
  const debug = makeSwitch({
    label: words('webhook-log-tab.hooks.debug-label'),
    hint: words('webhook-log-tab.hooks.debug-hint'),
    onSwitch: (isOn) => post('debug', { on: isOn }),
  });
  const switched = $('<div class="survey-hooks-log-dim" role="status">');
  const parked = makeParked({ id, debugWords, words, onDone: onChange });
  const requests = makeHookRequests({
    id,
    debugWords,
    words,
    more: (interaction) => makeExample(id, interaction),
  });
  const element = $('<li class="survey-hooks-log-hook">')
    .attr('aria-labelledby', `survey-hooks-log-hook-${id}`)
    .append(
      $('<div class="survey-hooks-log-hook-head">').append(kind, title, reveal),
      facts.element,
      $('<div class="survey-hooks-log-hook-switches">').append(active.element, debug.element),
      switched,
      notice.element,
      parked.element,
      requests.element,
    );

  const set = (hook: HookRow): void => {
    kind.empty().append(makeKind(hook.kind, words));
    title.text(hookTitle(hook));
    const node = RED.nodes.node(id);
    // That of a subflow's instance is not on a canvas.
    reveal.prop('hidden', !node);
    facts.show(hook);
    active.set(hook.active);
    debug.set(hook.debug);
    element.toggleClass('survey-hooks-log-off', !hook.active);
    const text = switchedText(hook, deployedSwitches(node), words);
    if (switched.text() !== text) switched.text(text);
    switched.prop('hidden', text === '');
    parked.show(hook.parked ?? 0);
    requests.setDebugged(hook.debug);
  };
  return { element, set, refresh: requests.refresh, rest: requests.rest };
}

/** What was switched and does not last. */
function switchedText(hook: HookRow, settings: ReturnType<typeof deployedSwitches>, words: Words): string {
  const changed = switchedOnes(hook, settings ?? { active: true, debug: hook.debug });
  const keys = changed.map((name) => `${name}-${hook[name] ? 'on' : 'off'}`);
  return keys.map((key) => words(`webhook-log-tab.hooks.switched.${key}`)).join(' ');
}

const switchTrouble = (error: unknown, words: Words): string =>
  error instanceof AdminApiError && [401, 403].includes(error.status)
    ? words('webhook-log-tab.hooks.no-write')
    : errorText(error, words);
