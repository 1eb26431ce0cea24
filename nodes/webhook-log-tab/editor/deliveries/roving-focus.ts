const REACHED = 'button, input';

/**
 * Makes a list of rows one stop of the Tab key: the arrow keys, Home and End go from row to row, staying with what has the focus, the
 * row's button or its check.
 */
export function makeRovingFocus(list: JQuery) {
  let current: Element | undefined;

  const reach = (row: Element | undefined): void => {
    if (row === current) return;
    if (current) $(current).find(REACHED).attr('tabindex', -1);
    current = row;
    if (row) $(row).find(REACHED).attr('tabindex', 0);
  };
  const focusIn = (row: Element | undefined, isCheck: boolean): void => {
    reach(row);
    if (row)
      $(row)
        .find(isCheck ? 'input' : 'button')
        .trigger('focus');
  };
  const rows = (): Element[] => list.children().get();

  list.on('focusin', (event) => reach(rowOf(event.target)));
  list.on('keydown', (event) => {
    const all = rows();
    const at = all.indexOf(rowOf(event.target) ?? list[0] ?? document.body);
    const next = nextRow(event.key, at, all.length);
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    focusIn(all[Math.max(0, Math.min(next, all.length - 1))], $(event.target).is('input'));
  });

  const rowOf = (target: Element): Element | undefined => rows().find((row) => row.contains(target));

  return {
    /** Where the focus is now; `restore` puts it there again, or into the row that took the place of its own. */
    remember: () => {
      const all = rows();
      const focused = list.find(':focus');
      const at = focused.length > 0 ? all.findIndex((row) => row.contains(focused[0] ?? null)) : -1;
      const isCheck = focused.is('input');
      return {
        restore: (): void => {
          const left = rows();
          if (!current?.isConnected) reach(left[0]);
          if (at < 0 || all[at]?.isConnected) return;
          focusIn(left[Math.min(at, left.length - 1)], isCheck);
        },
      };
    },
    focus: (row: JQuery | undefined): void => focusIn(row?.[0] ?? rows()[0], false),
  };
}

function nextRow(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
