interface Choice {
  readonly id: string;
  readonly label: string;
  readonly panel: JQuery;
}

interface TabList {
  readonly element: JQuery;
  readonly choose: (id: string, how?: { readonly isFocused: boolean }) => void;
}

/** A row of tabs that belong to panels; arrow keys, Home and End go from one to the next. */
export function makeTabList(
  choices: readonly Choice[],
  options: { readonly label: string; readonly onChoose: (id: string) => void },
): TabList {
  const element = $('<div role="tablist" class="survey-hooks-log-tabs">').attr('aria-label', options.label);
  const tabs = choices.map(({ id, label, panel }) => {
    const tab = $('<button type="button" role="tab">')
      .attr({ id: `survey-hooks-log-tab-${id}`, 'aria-controls': `survey-hooks-log-panel-${id}` })
      .text(label)
      .appendTo(element);
    panel.attr({
      id: `survey-hooks-log-panel-${id}`,
      role: 'tabpanel',
      'aria-labelledby': `survey-hooks-log-tab-${id}`,
    });
    return tab;
  });

  const choose: TabList['choose'] = (id, { isFocused } = { isFocused: false }) => {
    choices.forEach((choice, index) => {
      const isChosen = choice.id === id;
      tabs[index]?.attr({ 'aria-selected': String(isChosen), tabindex: isChosen ? 0 : -1 });
      choice.panel.prop('hidden', !isChosen);
      if (isChosen && isFocused) tabs[index]?.trigger('focus');
    });
    options.onChoose(id);
  };
  const goTo = (index: number): void => {
    const at = (index + choices.length) % choices.length;
    const choice = choices[at];
    if (!choice) return;
    choose(choice.id, { isFocused: true });
  };
  tabs.forEach((tab, index) => {
    tab.on('click', () => goTo(index));
    tab.on('keydown', (event) => {
      const next = nextIndex(event.key, { index, count: tabs.length });
      if (next === undefined) return;
      event.preventDefault();
      goTo(next);
    });
  });
  return { element, choose };
}

function nextIndex(key: string, { index, count }: { index: number; count: number }): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return index + 1;
    case 'ArrowLeft':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
