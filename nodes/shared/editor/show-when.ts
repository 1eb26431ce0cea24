import { toText } from './text.ts';

/** How the editor prefixes the ids of a dialog's inputs. */
export type InputPrefix = 'node-input' | 'node-config-input';

interface Condition {
  input: JQuery;
  values: readonly string[];
}

/**
 * Shows each element with `data-when="auth=basic|bearer kind=webhook"` while every named input has one of its values,
 * and hides it otherwise. A checkbox has the values `true` and `false`.
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
    const [property = '', values = ''] = condition.split('=');
    return { input: $(`#${prefix}-${property}`), values: values.split('|') };
  });
}

function isMet({ input, values }: Condition): boolean {
  const value =
    input.attr('type') === 'checkbox' ? String(input.prop('checked') === true) : toText(input.val());
  return values.includes(value);
}
