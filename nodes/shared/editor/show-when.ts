import { toText } from './text.ts';

/** How the editor prefixes the ids of a dialog's inputs. */
export type InputPrefix = 'node-input' | 'node-config-input';

interface Condition {
  input: JQuery;
  values: readonly string[];
  /** Whether the input must have one of the values, or none of them. */
  isOneOf: boolean;
}

/**
 * Shows each element with `data-when="auth=basic|bearer kind!=form"` while every named input has one of its values, or after
 * `!=` none of them, and hides it otherwise. A checkbox has the values `true` and `false`; a select of config nodes on which
 * none is chosen has `_ADD_`.
 */
export function showWhen(prefix: InputPrefix, root: string): void {
  $(root)
    .find('[data-when]')
    .each((_, element) => {
      const conditions = parseConditions(toText($(element).attr('data-when')), prefix);
      const update = (): void => void $(element).toggle(conditions.every(isMet));
      for (const { input } of conditions) input.on('change', update);
      update();
    });
}

function parseConditions(text: string, prefix: InputPrefix): Condition[] {
  return text.split(' ').map((condition) => {
    const [, property = '', not = '', values = ''] = /^(.*?)(!?)=(.*)$/.exec(condition) ?? [];
    return { input: $(`#${prefix}-${property}`), values: values.split('|'), isOneOf: not === '' };
  });
}

function isMet({ input, values, isOneOf }: Condition): boolean {
  const value =
    input.attr('type') === 'checkbox' ? String(input.prop('checked') === true) : toText(input.val());
  return values.includes(value) === isOneOf;
}
