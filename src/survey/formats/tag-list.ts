import { parseTemplate, plainText, renderTemplate, type Template } from '../../template/dynamic-tags.ts';
import { cut, oneLine } from './cut.ts';
import { tagValues, type FormatInput } from './format.ts';

export interface TagRules {
  /** The most that one tag may measure, in UTF-16 units: a longer one is cut. */
  readonly limit: number;
  /** Writes a tag in one line as the target takes it; never longer than what it is given. */
  readonly tidy: (tag: string) => string;
}

/** Tags of a ticket, separated by commas, each of which may hold dynamic tags. */
export type TagList = readonly Template[];

/** Throws HOOK_CONFIG_INVALID for what only looks like a dynamic tag. */
export const parseTags = (text: string): TagList => text.split(',').map((tag) => parseTemplate(tag.trim()));

/** The tags that need no message: those without dynamic tags, as they were typed. */
export const fixedTags = (tags: TagList): string[] =>
  tags.filter((parts) => parts.every((part) => typeof part === 'string')).map((parts) => parts.join(''));

/** Fills in the tags; none is empty, none is there twice, and what a message brings is one tag, whatever is in it. */
export function renderTags(tags: TagList, input: FormatInput, { limit, tidy }: TagRules): string[] {
  const values = tagValues(input);
  const texts = tags.map((tag) => oneLine(renderTemplate(tag, values, plainText).replaceAll(',', ' ')));
  return [...new Set(texts.map((text) => cut(tidy(text), { limit })).filter((text) => text !== ''))];
}
