import { toText } from './text.ts';

/** The options of a format, by name. */
export type Options = Readonly<Record<string, string | boolean>>;

/** The options of a setting as a flow holds it; none where that is missing, as in a flow of an older version. */
export function toOptions(value: unknown): Options {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(
    entries.map(([name, option]: [string, unknown]) => [
      name,
      typeof option === 'boolean' ? option : toText(option),
    ]),
  );
}

const optionInputs = (group: JQuery): JQuery => group.find('[data-option]');

/** Fills each input of the group with the option that its `data-option` names; what is not set keeps what the template says. */
export function fillOptions(group: JQuery, options: Options): void {
  optionInputs(group).each((_, element) => {
    const input = $(element);
    const value = options[toText(input.attr('data-option'))];
    if (typeof value === 'boolean') input.prop('checked', value);
    else if (toText(value) !== '') input.val(toText(value));
  });
}

/** The options as the inputs of the group stand. */
export function readOptions(group: JQuery): Options {
  const entries = optionInputs(group)
    .toArray()
    .map((element): [string, string | boolean] => {
      const input = $(element);
      const value =
        input.attr('type') === 'checkbox' ? input.prop('checked') === true : toText(input.val()).trim();
      return [toText(input.attr('data-option')), value];
    });
  return Object.fromEntries(entries);
}
