/** Tells, from the first time on that an element has room on the screen, each time that it loses or gets it. */
export function whenShown(
  element: HTMLElement,
  { shown, hidden }: { readonly shown: () => void; readonly hidden: () => void },
): void {
  let isShown = false;
  // The editor tells when a tab is chosen, but not when another is, nor when its sidebar or section is closed.
  new ResizeObserver(() => {
    const hasRoom = element.offsetWidth > 0 && element.offsetHeight > 0;
    if (hasRoom === isShown) return;
    isShown = hasRoom;
    if (hasRoom) shown();
    else hidden();
  }).observe(element);
}
