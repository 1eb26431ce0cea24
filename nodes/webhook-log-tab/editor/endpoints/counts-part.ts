import type { DeliveryStatus } from '../deliveries/delivery.ts';
import { setStatus, statusText } from '../deliveries/status-mark.ts';
import type { EndpointRow } from './endpoint-row.ts';

const COUNTS = [
  { field: 'pending', status: 'In Progress' },
  { field: 'succeeded', status: 'Succeeded' },
  { field: 'failed', status: 'Failed' },
] as const;

/** The numbers of an endpoint's deliveries by status; each leads to those deliveries. */
export function makeCountsPart(words: Words, onOpen: (status: DeliveryStatus) => void) {
  const element = $('<div class="survey-hooks-log-counts">');
  const counts = COUNTS.map(({ field, status }) => {
    const mark = $('<span>');
    const count = $('<b>');
    setStatus(mark, status, words);
    const button = $('<button type="button">')
      .attr('data-count', field)
      .append(mark, ' ', count)
      .on('click', () => onOpen(status))
      .appendTo(element);
    return { field, status, button, count };
  });

  const show = (row: EndpointRow): void => {
    for (const { field, status, button, count } of counts) {
      const written = row[field]?.toLocaleString() ?? '?';
      const text = words('webhook-log-tab.endpoints.count', {
        count: written,
        status: statusText(status, words),
      });
      count.text(written);
      button.attr({ 'aria-label': text, title: text });
    }
  };
  return { element, show };
}
