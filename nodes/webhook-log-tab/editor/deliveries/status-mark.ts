import type { DeliveryStatus } from './delivery.ts';

const LOOKS = {
  Succeeded: { key: 'succeeded', icon: 'fa-check-circle' },
  Failed: { key: 'failed', icon: 'fa-times-circle' },
  'In Progress': { key: 'in-progress', icon: 'fa-clock-o' },
} as const;

export const STATUSES = Object.keys(LOOKS) as readonly DeliveryStatus[];

/** A status in words. */
export const statusText = (status: DeliveryStatus, words: Words): string =>
  words(`webhook-log-tab.status.${LOOKS[status].key}`);

/** Writes a status into an element: an icon and a word, as colour alone says nothing to many. */
export function setStatus(element: JQuery, status: DeliveryStatus, words: Words): void {
  const { key, icon } = LOOKS[status];
  element
    .attr('class', `survey-hooks-log-status survey-hooks-log-${key}`)
    .empty()
    .append($('<i aria-hidden="true">').addClass(`fa ${icon}`), $('<span>').text(statusText(status, words)));
}
