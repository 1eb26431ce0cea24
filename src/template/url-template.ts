import {
  describeTag,
  isIncomplete,
  parseTemplate,
  tagsOf,
  type TagPath,
  type TagRules,
  type Template,
} from './dynamic-tags.ts';

/** A URL with dynamic tags in its path and its query, and none before them: whatever the values are, the host is the same. */
export interface UrlTemplate {
  /** The URL with a mark in the place of each tag. */
  readonly marked: URL;
  /** Begins with a slash; dot segments are resolved. */
  readonly path: Template;
  /** Begins with a question mark, or is empty. */
  readonly query: Template;
}

/** What is wrong with a URL, in words for people that tell nothing of the URL but its tags. */
export interface UrlFault {
  readonly fault: string;
}

/**
 * Takes a URL with dynamic tags apart, or says why it is none: a tag before the path could lead to another host. A fragment is
 * left out, as it is never sent. Throws HOOK_CONFIG_INVALID for a tag that is none.
 */
export function parseUrlTemplate(text: string, rules: TagRules): UrlTemplate | UrlFault {
  // URL parsers leave these out wherever they stand; without them no mark can arise by chance.
  const template = parseTemplate(text.replace(/[\t\n\r]/g, ''), rules);
  if (isIncomplete(template))
    return { fault: 'It holds a dynamic tag that is not complete: a tag is {{path.to.value}}.' };
  const marks = marksFor(template);
  const marked = template.map((part) => (typeof part === 'string' ? part : marks.write(part))).join('');
  if (!URL.canParse(marked)) return { fault: marks.areIn(headOf(marked)) ? TAG_IN_HEAD : 'It is not a URL.' };
  const url = new URL(marked);
  if (marks.areIn(`${url.protocol}${url.username}${url.password}${url.host}`)) return { fault: TAG_IN_HEAD };
  url.hash = '';
  return { marked: url, path: marks.split(url.pathname), query: marks.split(url.search) };
}

const TAG_IN_HEAD =
  'A dynamic tag stands before its path: scheme, host and port are always the same. Use ${NAME} there for a value that a variable holds.';

/** Scheme, user information, host and port of a text that is no URL. */
const headOf = (text: string): string => text.split(/[/\\?#]/, 3).join('');

/** Marks that stand for tags while a URL is parsed: letters and digits, which every part of a URL keeps as they are. */
function marksFor(template: Template) {
  const tags = tagsOf(template);
  const literals = template.filter((part) => typeof part === 'string').join('');
  let name = 'tag';
  while (literals.toLowerCase().includes(name)) name += 'x';
  const anyMark = new RegExp(`${name}(\\d+)z`);
  return {
    write: (tag: TagPath): string => `${name}${tags.indexOf(tag)}z`,
    areIn: (text: string): boolean => anyMark.test(text),
    split: (text: string): Template =>
      text
        .split(anyMark)
        .map((part, index) => (index % 2 === 0 ? part : (tags[Number(part)] ?? '')))
        .filter((part) => part !== ''),
  };
}

/** Why the values make no URL, in words for people. */
export interface UnfillableUrl {
  readonly reason: string;
}

/**
 * The URL with each tag replaced by its text, percent-encoded: the same scheme, host and port, and as many segments in the path.
 * None where a tag of the path is empty, because a path without it is that of another thing (`/tickets/` is all tickets), or
 * where a segment comes out as `.` or `..`, which URLs have no way to write as a name; also between slashes of a value, which are
 * encoded, but which many servers decode before they look for the place (`..%2F..%2Fadmin`).
 */
export function fillUrl(
  { marked, path, query }: UrlTemplate,
  textOf: (tag: TagPath) => string,
): URL | UnfillableUrl {
  const empty = tagsOf(path).find((tag) => textOf(tag) === '');
  if (empty) return { reason: `The path of the URL needs ${describeTag(empty)}, which has no value.` };
  const write = (part: string | TagPath): string => (typeof part === 'string' ? part : encode(textOf(part)));
  const pathname = path.map(write).join('');
  // What the setting itself has of them is its owner's will.
  if (dotsIn(pathname) > dotsIn(marked.pathname)) return { reason: LEADS_ELSEWHERE };
  return new URL(`${marked.origin}${pathname}${query.map(write).join('')}`);
}

const LEADS_ELSEWHERE =
  'The dynamic tags make a part of the URL’s path "." or "..", which would lead elsewhere.';

/** Half a surrogate pair has no UTF-8. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));

/** How many parts of a path lead elsewhere than down. */
const dotsIn = (pathname: string): number => pathname.split(/\/|%2f|%5c/i).filter(isDots).length;

const isDots = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment);
