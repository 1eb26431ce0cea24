const UNSHOWABLE = /[\p{Cs}\0-\x08\v\f\x0E-\x1F\x7F]/gu;

/**
 * A text that any receiver can decode and show: half a surrogate pair and control characters, other than tabs and the ends of
 * lines, become the replacement character.
 */
export const wellFormed = (text: string): string => text.replace(UNSHOWABLE, '\uFFFD');

/** A text in one line, without spaces at its ends. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Writes a text so that it is safe where it goes. What it writes for a longer text is never shorter. */
export type Escape = (text: string) => string;

export interface CutOptions {
  /** The most that the escaped text may measure. */
  readonly limit: number;
  /** None if it is absent. */
  readonly escape?: Escape;
  /** How long an escaped text is as its target counts: UTF-16 units if absent. At least 1 for each of them. */
  readonly measure?: (text: string) => number;
}

/** From this limit on there is room to say how much was cut. */
const NOTE_LIMIT = 500;

/**
 * A text, escaped, and where it would be too long its beginning, which ends in `…` and, where there is room, in a line that says
 * how long the text was. It is cut before it is escaped and between what people see as characters (UAX 29), so that neither
 * an entity nor an escape nor an emoji is cut in two. Everything in it is well formed.
 */
export function cut(text: string, options: CutOptions): string {
  const { escape = asItIs } = options;
  return escape(cutUnescaped(text, options));
}

/** The same before it is escaped: the limit holds for what it becomes then. */
export function cutUnescaped(text: string, options: CutOptions): string {
  const { limit, escape = asItIs, measure = utf16Length } = options;
  const whole = text.length > limit ? undefined : wellFormed(text);
  if (whole !== undefined && measure(escape(whole)) <= limit) return whole;
  const mark = limit < NOTE_LIMIT ? '…' : `…\n(cut, ${characterCount(text)} characters in all)`;
  const candidate = (end: number): string => `${wellFormed(text.slice(0, end))}${mark}`;
  const end = longestStart(text.length, limit, (at) => measure(escape(candidate(at))) <= limit);
  return candidate(characterStart(text, end));
}

/**
 * A text in parts that each keep to a limit when they are escaped, in their order and with nothing left out; where there is a
 * space near the end of a part, the next one begins after it.
 */
export function split(text: string, options: CutOptions): string[] {
  const { limit, escape = asItIs, measure = utf16Length } = options;
  const parts: string[] = [];
  let rest = text;
  while (measure(escape(rest)) > limit) {
    const fits = longestStart(rest.length, limit, (at) => measure(escape(rest.slice(0, at))) <= limit);
    const end = partEnd(rest, Math.max(characterStart(rest, fits), 1));
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

const asItIs: Escape = (text) => text;

const utf16Length = (text: string): number => text.length;

function characterCount(text: string): string {
  const pairs = text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0;
  return (text.length - pairs).toLocaleString('en-GB');
}

/** The greatest number of units, at most the limit, that fits. */
function longestStart(length: number, limit: number, fits: (end: number) => boolean): number {
  let longest = 0;
  let tooLong = Math.min(length, limit) + 1;
  while (tooLong - longest > 1) {
    const middle = (longest + tooLong) >> 1;
    if (fits(middle)) longest = middle;
    else tooLong = middle;
  }
  return longest;
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A character may be made of this many units before it is cut after all: nobody's writing has longer ones. */
const LONGEST_CHARACTER = 64;

/** Where the character begins that a place is in; the place itself where one begins there. */
function characterStart(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return at;
  const start = CHARACTERS.segment(text.slice(0, at + 2)).containing(at)?.index ?? at;
  if (at - start <= LONGEST_CHARACTER) return start;
  const isInPair = /^[\uDC00-\uDFFF]/.test(text.slice(at)) && /[\uD800-\uDBFF]$/.test(text.slice(0, at));
  return isInPair ? at - 1 : at;
}

/** How far back a part may end so as not to break a word. */
const LONGEST_WORD = 100;

function partEnd(text: string, end: number): number {
  const from = Math.max(end - LONGEST_WORD, 1);
  const space = /\s(?=\S*$)/.exec(text.slice(from, end));
  return space === null ? end : from + space.index + 1;
}
