import { HookError } from '../../errors.ts';
import { externalValueAt, isExternalTag } from '../../template/external-tag.ts';
import { type TagPath, type TagValues, valueAt } from '../../template/dynamic-tags.ts';

/** The options of a format as a flow holds them; what a format does not know is not read. */
export type FormatOptions = Readonly<Record<string, unknown>>;

/** What is formatted. */
export interface FormatInput {
  /** `msg.survey`, or the payload where there is none. */
  readonly survey: unknown;
  /** The whole message: dynamic tags may point anywhere in it. */
  readonly message: object;
}

export interface Formatted {
  readonly payload: unknown;
  /** Where the body carries it. */
  readonly webhookId?: string;
  /** How the target takes the payload; absent where it is not known, as for a template. */
  readonly target?: Target;
}

/** How a target takes a payload: what its endpoint is to be set to, and the headers that go with this payload. */
export interface Target {
  readonly method: 'POST' | 'PUT';
  /** Filled in from the message, percent-encoded; empty where the whole URL is the target's. */
  readonly path: string;
  /** By name; a value may hold `{{delivery.id}}`, which is known when the delivery is sent. Never credentials. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a format has made this; headers alone are what a flow gives its messages itself. */
export const isTarget = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'method') &&
  Object.hasOwn(value, 'path');

/**
 * Writes a survey response as one target wants it. Throws HOOK_MESSAGE_UNREADABLE where there is no survey response, and
 * HOOK_MESSAGE_INCOMPLETE where it lacks what the target needs.
 */
export type Format = (input: FormatInput) => Formatted;

/** The values of dynamic tags: from the survey response, else from the message, where `survey` always is the response. */
export function tagValues({ survey, message }: FormatInput): TagValues {
  const root = { ...message, survey };
  return (path: TagPath) =>
    isExternalTag(path) ? externalValueAt(root, path) : (valueAt(survey, path) ?? valueAt(root, path));
}

/** A text option, also from a variable that is a number; empty where it is not set. Throws HOOK_CONFIG_INVALID for anything else. */
export function textOption(options: FormatOptions, name: string): string {
  const value = options[name] ?? '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new HookError('HOOK_CONFIG_INVALID', `The option "${name}" of the format must be a text.`);
}

/** An option that is one of a few texts. Throws HOOK_CONFIG_INVALID for others. */
export function choiceOption<Choice extends string>(
  options: FormatOptions,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = options[name];
  if (value === undefined || value === '') return choices[0];
  const choice = choices.find(
    (known) => known === value || (typeof value === 'number' && known === String(value)),
  );
  if (choice !== undefined) return choice;
  throw new HookError(
    'HOOK_CONFIG_INVALID',
    `The option "${name}" of the format must be one of ${choices.join(', ')}.`,
  );
}

/** A switch, on or off. Throws HOOK_CONFIG_INVALID for anything else. */
export function switchOption(options: FormatOptions, name: string, byDefault: boolean): boolean {
  const value = options[name] ?? byDefault;
  if (typeof value === 'boolean') return value;
  throw new HookError('HOOK_CONFIG_INVALID', `The option "${name}" of the format must be true or false.`);
}
