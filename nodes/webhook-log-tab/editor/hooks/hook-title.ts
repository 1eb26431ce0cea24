import type { HookRow } from '../../../shared/editor/hook-row.ts';

/** Where senders send to: of an email hook its address, else the whole URL. `origin` is the editor's, as the public one is not known. */
export const fullAddress = ({ kind, url }: Pick<HookRow, 'kind' | 'url'>, origin: string): string =>
  kind === 'email' ? url : `${origin}${url}`;

/** What people call a hook. */
export const hookTitle = ({ name, url }: Pick<HookRow, 'name' | 'url'>): string => name || url;
