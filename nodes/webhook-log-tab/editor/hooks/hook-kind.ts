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

/** Where senders send to: of an email hook its address, else the whole URL. `origin` is the editor's, as the public one is not known. */
export const fullAddress = ({ kind, url }: Pick<HookRow, 'kind' | 'url'>, origin: string): string =>
  kind === 'email' ? url : `${origin}${url}`;

/** What people call a hook. */
export const hookTitle = ({ name, url }: Pick<HookRow, 'name' | 'url'>): string => name || url;
