/** Longer texts are shown as they came: people do not read them, and the editor must not stall. */
const LONGEST = 500_000;

/**
 * A body as people read it: JSON with line breaks and indents but not a character of its values changed (parsing and writing it anew
 * would round long numbers), a form with a field on each line, anything else as it is.
 */
export function prettyText(text: string, contentType = ''): string {
  if (text.length > LONGEST) return text;
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return formText(text);
  return isStructured(text) ? indentJson(text) : text;
}

function isStructured(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const formText = (text: string): string =>
  [...new URLSearchParams(text)].map(([name, value]) => `${name} = ${value}`).join('\n');

/** A string, a bracket, a separator, or what stands between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;

function indentJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (isIn('}]', token)) depth -= 1;
    if (startsLine(last, token)) parts.push(`\n${'  '.repeat(depth)}`);
    parts.push(token === ':' ? ': ' : token);
    if (isIn('{[', token)) depth += 1;
    last = token;
  }
  return parts.join('');
}

const isIn = (brackets: string, token: string): boolean => token.length === 1 && brackets.includes(token);

/** What is empty stays on its line. */
const startsLine = (last: string, token: string): boolean =>
  isIn('}]', token) ? !isIn('{[', last) : isIn('{[,', last);
