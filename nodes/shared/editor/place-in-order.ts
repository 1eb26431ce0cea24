/**
 * Makes elements the children of a list, in their order, and takes out all others. What is in its place is not touched: moving an
 * element would take the focus from it.
 */
export function placeInOrder(list: JQuery, wanted: readonly JQuery[]): void {
  const elements = wanted.flatMap((one) => one.get());
  const isWanted = new Set(elements);
  list.children().each((_, child) => {
    if (!isWanted.has(child)) $(child).remove();
  });
  const [parent] = list.get();
  let next = parent?.firstElementChild ?? null;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else parent?.insertBefore(element, next);
  }
}
