import type { HookRow } from '../../../shared/editor/hook-row.ts';

const ICONS: Readonly<Record<HookRow['kind'], string>> = {
  webhook: 'fa-sign-in',
  form: 'fa-wpforms',
  email: 'fa-envelope-o',
};

/** What kind of hook it is: an icon and a word. */
export const makeKind = (kind: HookRow['kind'], words: Words): JQuery =>
  $('<span class="survey-hooks-log-hook-kind">').append(
    $('<i aria-hidden="true">').addClass(`fa ${ICONS[kind]}`),
    $('<span>').text(words(`webhook-log-tab.hooks.kind.${kind}`)),
  );
