import type { Options } from './option-inputs.ts';
import { isFilled, toText } from './text.ts';

/** The options without which a format cannot be written. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'jira-request': ['serviceDeskId', 'requestTypeId'],
};

const requiredOf = (format: string): readonly string[] =>
  Object.hasOwn(REQUIRED, format) ? (REQUIRED[format] ?? []) : [];

/** Whether the options hold all that the format needs. */
export const hasRequired = (format: string, options: Options): boolean =>
  requiredOf(format).every((name) => isFilled(toText(options[name])));

/** Marks the inputs of the group that must be filled, as the editor marks those of settings, while they are empty. */
export function markRequired(format: string, group: JQuery): void {
  for (const name of requiredOf(format)) {
    const input = group.find(`[data-option="${name}"]`);
    const update = (): void => void input.toggleClass('input-error', !isFilled(toText(input.val())));
    input.on('change input', update);
    update();
  }
}
