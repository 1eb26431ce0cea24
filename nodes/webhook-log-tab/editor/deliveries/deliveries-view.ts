import { Detail } from '../detail/detail.ts';
import type { LogTab, MakeView } from '../view.ts';
import { LogPage } from './log-page.ts';

/** The deliveries of the log, newest first, and any one of them with its attempts. */
export const makeDeliveriesView: MakeView = (tab: LogTab) => {
  const page = new LogPage(tab, { onOpen: openDetail });
  const detail = new Detail(tab, { onBack: closeDetail, onResent: () => page.refresh() });
  const content = $('<div class="survey-hooks-log-view">').append(page.element, detail.element);
  let isShown = false;

  function openDetail(id: string): void {
    page.leave();
    detail.open(id);
  }
  function closeDetail(id: string): void {
    detail.close();
    page.comeBack(id);
  }
  return {
    id: 'deliveries',
    label: tab.words('webhook-log-tab.deliveries.label'),
    content,
    show: () => {
      isShown = true;
      page.show();
      detail.show();
    },
    hide: () => {
      isShown = false;
      page.hide();
      detail.hide();
    },
    want: (wanted) => {
      detail.close();
      page.want(wanted);
    },
    changed: (changes) => {
      if (!isShown) return;
      page.changed(changes);
      detail.changed(changes);
    },
  };
};
