/** The longest text that says where a value is. */
const LONGEST = 256;
const LONGEST_NAME = 64;

/** What has a meaning in tags. */
const BRACE = /[{}]/;

/** A group's name is a part of tags, in which dots and braces have a meaning. */
export const isGroupName = (text: string): boolean =>
  text.trim() !== '' && text.length <= LONGEST_NAME && !/[.{}]/.test(text) && text !== '__proto__';

/**
 * The names on the way to a value: of the dotted path `result.items.0.id`, or of the JSON pointer `/result/items/0/id` (RFC 6901).
 * Undefined for what is neither.
 */
export function parameterPath(parameter: string): readonly string[] | undefined {
  const isPointer = parameter.startsWith('/');
  const names = isPointer ? parameter.slice(1).split('/') : parameter.split('.');
  const isTag = tagNameOf(parameter)
    .split('.')
    .every((name) => name !== '' && !BRACE.test(name));
  if (!isTag || parameter.length > LONGEST || tagNameOf(parameter) === '__proto__') return undefined;
  if (!isPointer) return names.map((name) => name.trim());
  const hasBrokenEscape = /~(?![01])/.test(parameter);
  return hasBrokenEscape ? undefined : names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What tags call a parameter: `result.items.0.id` in both cases. Spaces around its names do not count, as in tags. */
export function tagNameOf(parameter: string): string {
  const names = parameter.startsWith('/') ? parameter.slice(1).split(/[/.]/) : parameter.split('.');
  return names.map((name) => name.trim()).join('.');
}
