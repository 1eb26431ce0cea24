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
  const patterns = shapes.map((shape) => (long.includes(shape) ? anyWriting(shape) : literal(shape)));
  const pattern = new RegExp(patterns.join('|'), 'gi');
  return (text, isCut) => {
    const masked = text.replace(pattern, MASK);
    return isCut ? withoutBeginning(masked, shapes) : masked;
  };
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
