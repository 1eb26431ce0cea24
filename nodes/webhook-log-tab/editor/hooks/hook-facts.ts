import { copyOnClick } from '../../../shared/editor/copy-button.ts';
import type { HookRow } from '../../../shared/editor/hook-row.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeTime, setTime } from '../time/time-element.ts';
import { fullAddress } from './hook-title.ts';

/** What a hook is for, where it receives, and what it has received. */
export function makeHookFacts(words: Words) {
  const description = $('<div class="survey-hooks-log-hook-description">');
  const methods = $('<span class="survey-hooks-log-dim">');
  const address = $('<code>');
  const copy = makeIconButton('fa-clipboard', words('webhook-log-tab.hooks.copy')).attr(
    'title',
    words('webhook-log-tab.hooks.copy-title'),
  );
  copyOnClick(copy, () => address.text(), words('webhook-log-tab.detail.copied'));
  const counts = $('<span>');
  const last = $('<span>').text(` ${words('webhook-log-tab.hooks.last')} `);
  const time = makeTime(null).appendTo(last);
  const element = $('<div class="survey-hooks-log-hook-facts">').append(
    description,
    $('<div class="survey-hooks-log-hook-address">').append($('<span>').append(methods, ' ', address), copy),
    $('<div class="survey-hooks-log-dim">').append(counts, last),
  );

  const show = (hook: HookRow): void => {
    description.text(hook.description).prop('hidden', hook.description === '');
    methods.text(hook.methods.join(', '));
    const whole = fullAddress(hook, location.origin);
    // Who marks it to copy it must not lose that.
    if (address.text() !== whole) address.text(whole);
    counts.text(words('webhook-log-tab.hooks.counts', written(hook)));
    setTime(time, hook.lastReceivedAt);
    last.prop('hidden', hook.lastReceivedAt === null);
  };
  return { element, show };
}

const written = ({ received, refused }: HookRow): Record<string, string> => ({
  received: received.toLocaleString(),
  refused: refused.toLocaleString(),
});
