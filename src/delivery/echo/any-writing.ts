/**
 * The source of a pattern (for the flag `i`) that finds a text in whichever way programs write each of its signs into HTML, URLs, JSON and
 * scripts, also once inside the other: most leave letters and digits as they are, and differ in the rest.
 */
export const anyWriting = (text: string): string => Array.from(text, anyWritingOf).join('');

/** The text as a pattern that finds it as it stands. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

const NAMES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** Each begins with another sign than the others or goes on differently, so that a search tries nothing twice. */
function anyWritingOf(sign: string): string {
  if (/^[a-z0-9]$/i.test(sign)) return sign;
  const name = NAMES[sign];
  const entities = [...codes(sign), ...(name === undefined ? [] : [name])];
  const ways = [
    `${sign === '"' || sign === '/' ? String.raw`\\{0,3}` : ''}${literal(sign)}`,
    ...(sign === ' ' ? [String.raw`\+`] : []),
    `&(?:amp;)*(?:${entities.join('|')});`,
    percentCoded(sign),
    ...escapes(sign),
  ];
  return `(?:${ways.join('|')})`;
}

const hexOf = (code: number, digits = 2): string => code.toString(16).padStart(digits, '0');

function codes(sign: string): string[] {
  const code = sign.codePointAt(0) ?? 0;
  return [`#0*${code}`, `#x0*${code.toString(16)}`];
}

const percentCoded = (sign: string): string =>
  Array.from(Buffer.from(sign, 'utf8'), (byte) => `%(?:25)*${hexOf(byte)}`).join('');

function escapes(sign: string): string[] {
  const units = Array.from({ length: sign.length }, (_, index) => sign.charCodeAt(index));
  const wide = units.map((unit) => String.raw`\\{1,3}u${hexOf(unit, 4)}`).join('');
  return units.every((unit) => unit < 256)
    ? [wide, ...units.map((unit) => String.raw`\\{1,3}x${hexOf(unit)}`)]
    : [wide];
}
