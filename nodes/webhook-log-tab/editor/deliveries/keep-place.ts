/**
 * Changes the rows of a list and scrolls so that the row which people read, the first in sight, stays where it is on the screen. Where
 * the top of the list is in sight nothing is read yet, and new rows push the others down.
 */
export function keepPlace(scroll: JQuery, list: JQuery, change: () => void): void {
  const [frame] = scroll.get();
  const read = frame && isScrolled(frame, list) ? firstInSight(frame, list) : undefined;
  if (!frame || !read) {
    change();
    return;
  }
  const { top } = read.getBoundingClientRect();
  change();
  // It may be gone; then whatever comes to its place is read.
  if (read.isConnected) frame.scrollTop += read.getBoundingClientRect().top - top;
}

/** Whether the top of the list is out of sight. */
export function isScrolled(frame: Element, list: JQuery): boolean {
  const top = list[0]?.getBoundingClientRect().top ?? 0;
  return top < frame.getBoundingClientRect().top - 2;
}

function firstInSight(frame: Element, list: JQuery): Element | undefined {
  const { top } = frame.getBoundingClientRect();
  return list
    .children()
    .get()
    .find((row) => row.getBoundingClientRect().bottom > top);
}
