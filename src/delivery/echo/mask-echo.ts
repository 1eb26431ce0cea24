import { MASK } from '../../platform/masking.ts';
import { anyWriting, literal } from './any-writing.ts';

/** A shorter text is found by chance all over a body; masking it would tell more than it hides. */
const SHORTEST_SECRET = 4;

/** Masks a text that a receiver answered; where the text was cut, what its end may show of a secret is left out. */
export type EchoMask = (text: string, isCut: boolean) => string;

/**
 * A mask for each of the secrets, as it stands and in the ways in which programs write a text into JSON, HTML, URLs and Base64.
 */
export function echoMask(secrets: readonly string[]): EchoMask {
  const long = secrets.filter(({ length }) => length >= SHORTEST_SECRET);
  const shapes = [...new Set(long.flatMap(shapesOf))].sort((one, other) => other.length - one.length);
  if (shapes.length === 0) return (text) => text;
  const known = new Set(long);
  const endless = shapes.filter(({ length }) => length > LONGEST_SHAPE);
  const patterns = patternsOf(sourcesOf(shapes.slice(endless.length), known));
  return (text, isCut) => {
    const short = endless.reduce((left, shape) => left.replaceAll(shape, MASK), text);
    const masked = patterns.reduce((left, pattern) => left.replace(pattern, MASK), short);
    return isCut ? withoutBeginning(masked, shapes) : masked;
  };
}

/** A longer one is looked for letter by letter: V8 refuses patterns that are too large, and takes long to read those that are not. */
const LONGEST_SHAPE = 2000;
const LONGEST_SOURCE = 10_000;
const ANY_WRITING_SOURCE = 4000;

/** The sources of patterns for the shapes; those that find any writing of a secret are large, so there is room for a few dozen of its signs. */
function sourcesOf(shapes: readonly string[], secrets: ReadonlySet<string>): string[] {
  let room = ANY_WRITING_SOURCE;
  return shapes.map((shape) => {
    const any = secrets.has(shape) && shape.length < room ? anyWriting(shape) : '';
    if (any === '' || any.length > room) return literal(shape);
    room -= any.length;
    return any;
  });
}

/** As few patterns as have room for all of them. */
function patternsOf(sources: readonly string[]): RegExp[] {
  const groups: string[][] = [];
  let room = 0;
  for (const source of sources) {
    if (source.length > room) {
      groups.push([]);
      room = LONGEST_SOURCE;
    }
    groups.at(-1)?.push(source);
    room -= source.length;
  }
  return groups.map((group) => new RegExp(group.join('|'), 'gi'));
}

/** A text with each of the secrets masked, as `echoMask` does it. */
export const maskEcho = (
  text: string,
  { secrets, isCut }: { readonly secrets: readonly string[]; readonly isCut: boolean },
): string => echoMask(secrets)(text, isCut);

function shapesOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const parameter = new URLSearchParams([['', secret]]).toString().slice(1);
  return [
    secret,
    json,
    json.replaceAll('/', String.raw`\/`),
    asciiJson(json),
    asciiJson(json).replaceAll('/', String.raw`\/`),
    // Half a surrogate pair has no UTF-8.
    encodeURIComponent(secret.replace(/\p{Cs}/gu, '\uFFFD')),
    parameter,
    asHtml(secret),
    Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, ''),
  ];
}

const asciiJson = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const asHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign);

/** The text without what at its end begins one of the shapes. */
function withoutBeginning(text: string, shapes: readonly string[]): string {
  const end = text.toLowerCase();
  const lengths = shapes.map((shape) => {
    const begun = shape.toLowerCase();
    const most = Math.min(begun.length - 1, end.length);
    for (let length = most; length >= SHORTEST_SECRET; length -= 1)
      if (end.endsWith(begun.slice(0, length))) return length;
    return 0;
  });
  const longest = Math.max(...lengths);
  return longest === 0 ? text : text.slice(0, -longest) + MASK;
}
