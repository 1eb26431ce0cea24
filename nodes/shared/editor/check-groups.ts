import { toText } from './text.ts';

/** A value that can be chosen, and how people call it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Checkboxes that belong together, with words before them if there is more than one group. */
export interface CheckGroup {
  readonly label?: string;
  readonly choices: readonly Choice[];
}

interface CheckParts {
  readonly groups: readonly CheckGroup[];
  readonly chosen: readonly string[];
  readonly onChange: () => void;
}

/**
 * Fills an element with groups of checkboxes, and returns what reads the values that are checked. A value that several groups offer is
 * checked in all of them at once. One that is chosen but not offered gets a checkbox too, so that it is seen and can be taken out.
 */
export function checkGroups(place: JQuery, { groups, chosen, onChange }: CheckParts): () => string[] {
  const offered = groups.flatMap(({ choices }) => choices.map(({ value }) => value));
  const others = chosen.filter((value) => !offered.includes(value));
  const rest = { choices: others.map((value) => ({ value, label: value })) };
  for (const group of others.length > 0 ? [...groups, rest] : groups) buildGroup(place, group, chosen);
  place.on('change', 'input', (event) => {
    const changed = $(event.target);
    const isChecked = changed.prop('checked') === true;
    inputs(place)
      .filter((_, input) => valueOf(input) === toText(changed.val()))
      .prop('checked', isChecked);
    onChange();
  });
  return () => [...new Set(inputs(place).filter(':checked').toArray().map(valueOf))];
}

const inputs = (place: JQuery): JQuery => place.find('input[type=checkbox]');
const valueOf = (input: Element): string => toText($(input).val());

function buildGroup(place: JQuery, { label, choices }: CheckGroup, chosen: readonly string[]): void {
  const group = $('<div class="survey-hooks-checks">').appendTo(place);
  if (label !== undefined) {
    group.addClass('survey-hooks-named').attr({ role: 'group', 'aria-label': label });
    $('<span>').text(label).appendTo(group);
  }
  for (const { value, label: words } of choices) {
    const choice = $('<label class="survey-hooks-check">').appendTo(group);
    $('<input type="checkbox">').val(value).prop('checked', chosen.includes(value)).appendTo(choice);
    $('<span>').text(words).appendTo(choice);
  }
}
