import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import { makeNotice } from '../notice.ts';
import type { MakeView } from '../view.ts';

/** The deliveries of the log, newest first. */
export const makeDeliveriesView: MakeView = ({ words }) => {
  const notice = makeNotice(words, load);
  const content = $('<div class="survey-hooks-log-view">').append(notice.element);

  function load(): void {
    askAdminApi('deliveries').then(
      () => notice.say(words('webhook-log-tab.deliveries.empty'), 'note'),
      notice.sayError,
    );
  }

  return {
    id: 'deliveries',
    label: words('webhook-log-tab.deliveries.label'),
    content,
    show: load,
    hide: () => undefined,
    changed: load,
  };
};
