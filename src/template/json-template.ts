import { HookError } from '../errors.ts';
import { printable } from '../violation.ts';
import {
  jsonText,
  parseTemplate,
  plainText,
  type TagPath,
  type TagValues,
  type Template,
} from './dynamic-tags.ts';

/** Makes the value that a JSON template stands for. */
export type JsonTemplate = (values: TagValues) => unknown;

interface PlacedTag {
  readonly path: TagPath;
  /** Inside quotes it becomes part of a text; outside, a whole value. */
  readonly isQuoted: boolean;
}

/**
 * Compiles JSON text with dynamic tags. Whatever the values are, the result is valid JSON of the same shape: a tag in
 * quotes is escaped, one without becomes a whole value (`null` where it is missing). Throws HOOK_CONFIG_INVALID where the
 * template is not JSON with its tags filled in.
 */
export function compileJsonTemplate(text: string): JsonTemplate {
  const parts = placeTags(parseTemplate(text));
  const render: JsonTemplate = (values) => JSON.parse(parts.map((part) => write(part, values)).join(''));
  try {
    render(() => undefined);
  } catch (cause) {
    const reason = cause instanceof Error ? printable(cause.message) : '';
    throw new HookError('HOOK_CONFIG_INVALID', `The template is not JSON: ${reason}`, { cause });
  }
  return render;
}

function placeTags(template: Template): (string | PlacedTag)[] {
  let isQuoted = false;
  return template.map((part) => {
    if (typeof part !== 'string') return { path: part, isQuoted };
    isQuoted = endsQuoted(part, isQuoted);
    return part;
  });
}

/** Whether a JSON text is inside a string at its end. Throws where it is inside an escape: a value could complete it. */
function endsQuoted(text: string, isQuotedAtStart: boolean): boolean {
  const plain = text.replace(/\\(?:u[\da-f]{4}|[^u])/gi, '');
  if (plain.includes('\\'))
    throw new HookError(
      'HOOK_CONFIG_INVALID',
      'The template is not JSON: a backslash has nothing to escape.',
    );
  const isToggled = plain.split('"').length % 2 === 0;
  return isToggled !== isQuotedAtStart;
}

function write(part: string | PlacedTag, values: TagValues): string {
  if (typeof part === 'string') return part;
  const value = values(part.path);
  return part.isQuoted ? JSON.stringify(plainText(value)).slice(1, -1) : jsonText(value);
}
