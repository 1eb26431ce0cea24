/** One part of a path: a text, or the name of a parameter (`:id`). */
export type Segment = { readonly text: string } | { readonly parameter: string };

/** A path that requests are compared with, such as `/hooks/surveys/:id`. Texts are kept decoded. */
export interface PathPattern {
  readonly segments: readonly Segment[];
}

/** Why a text is no path of a hook: it is malformed, or begins with a parameter and so could take the paths of others. */
export type PathFault = 'path_malformed' | 'path_first_segment';

const PARAMETER = /^:([A-Za-z_]\w*)$/;
/** Signs that would mean something to Express, so that whoever writes them expects more than their plain text. */
const PATTERN_SIGNS = /[*?+()[\]{}|^\\\s]/;

/** The pattern of a hook's path below `root` (`` or `/api`), one slash at the end left out. */
export function parseHookPath(path: string, root = ''): PathPattern | PathFault {
  const segments = path.startsWith('/') ? splitPath(path).map(parseSegment) : [];
  const [first] = segments;
  if (segments.length === 0 || segments.includes(undefined)) return 'path_malformed';
  if (first && 'parameter' in first) return 'path_first_segment';
  const below = splitPath(root).map((text) => ({ text }));
  return { segments: [...below, ...(segments as Segment[])] };
}

/** The parts of a path between its slashes, one slash at the end left out. */
export const splitPath = (path: string): string[] => path.replace(/\/$/, '').split('/').slice(1);

function parseSegment(raw: string): Segment | undefined {
  const parameter = PARAMETER.exec(raw)?.[1];
  if (parameter !== undefined) return { parameter };
  const text = decodeSegment(raw);
  const isOdd = text === undefined || text === '' || text === '.' || text === '..' || text.startsWith(':');
  return isOdd || text.includes('/') || PATTERN_SIGNS.test(text) ? undefined : { text };
}

/** A part of a path without its percent-encoding; undefined if that is malformed. */
export function decodeSegment(raw: string): string | undefined {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/** Whether every request for `other` is also one for `pattern`. Letters count as the same in both sizes, as they do to Express. */
export function covers(pattern: PathPattern, other: PathPattern): boolean {
  return (
    pattern.segments.length === other.segments.length &&
    pattern.segments.every((segment, at) => {
      const theirs = other.segments[at];
      return 'parameter' in segment || (theirs !== undefined && isSameText(segment, theirs));
    })
  );
}

/** Whether some path below `territory`, or that path itself, could be a request for `pattern`. */
export function reachesInto(pattern: PathPattern, territory: PathPattern): boolean {
  return (
    pattern.segments.length >= territory.segments.length &&
    territory.segments.every((theirs, at) => {
      const segment = pattern.segments[at];
      if (segment === undefined || 'parameter' in theirs || 'parameter' in segment) return true;
      return isSameText(segment, theirs);
    })
  );
}

function isSameText(one: Segment, other: Segment): boolean {
  return 'text' in one && 'text' in other && one.text.toLowerCase() === other.text.toLowerCase();
}
