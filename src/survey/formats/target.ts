import { HookError } from '../../errors.ts';
import { wellFormed } from './cut.ts';
import { FORMAT_FACTS, type FormatFacts, type TargetFormatId } from './format-facts.ts';
import type { Target } from './format.ts';

/** What a message adds to the facts of a format. */
export interface TargetParts {
  /** What stands for each `<name>` of the path: as a person reads it, percent-encoded here. */
  readonly fill?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * How the target of a format takes this payload. Throws HOOK_MESSAGE_INCOMPLETE where a part of the path is empty or would be
 * read as another path, as `.` and `..` are.
 */
export function targetOf(format: TargetFormatId, { fill = {}, headers = {} }: TargetParts = {}): Target {
  const { method, path }: FormatFacts = FORMAT_FACTS[format];
  return { method, path: path.replace(/<([^<>]+)>/g, (_, name: string) => segmentOf(name, fill)), headers };
}

function segmentOf(name: string, fill: Readonly<Record<string, string>>): string {
  const text = (Object.hasOwn(fill, name) ? fill[name] : undefined)?.trim() ?? '';
  // A URL has no way to write these two as names: percent-encoded, they still mean this folder and the one above.
  if (text !== '' && text !== '.' && text !== '..') return encodeURIComponent(wellFormed(text));
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    text === ''
      ? `The message has no ${name}, which the address of the target needs.`
      : `"${text}" cannot be the ${name} in the address of the target.`,
  );
}
