import type { ListState } from './delivery-list.ts';

interface EndsParts {
  readonly words: Words;
  readonly onNewest: () => void;
  readonly onOlder: () => void;
}

/** What lies beyond the ends of the list: a button above it for newer rows, one below it for older ones. */
export function makeEndsOfList({ words, onNewest, onOlder }: EndsParts) {
  const newer = $('<button type="button" class="survey-hooks-log-newer">')
    .prop('hidden', true)
    .on('click', onNewest);
  const older = $('<button type="button" class="red-ui-button survey-hooks-log-older">')
    .text(words('webhook-log-tab.deliveries.older'))
    .prop('hidden', true)
    .on('click', onOlder);
  const show = ({ nextCursor, newCount, isMore, isCutAbove }: ListState): void => {
    older.prop({ hidden: nextCursor === null, disabled: false });
    newer.prop('hidden', newCount === 0 && !isCutAbove).text(newerText({ newCount, isMore }, words));
  };
  return { newer, older, show };
}

/** What the button for newer rows says. */
export function newerText(
  { newCount, isMore }: Pick<ListState, 'newCount' | 'isMore'>,
  words: Words,
): string {
  if (newCount === 0) return words('webhook-log-tab.deliveries.newest');
  return words('webhook-log-tab.deliveries.newer', { count: `${newCount}${isMore ? '+' : ''}` });
}
