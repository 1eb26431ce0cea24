/** What a sign that a backslash precedes is read as: no sign of markup. */
const TAKEN = '\uE000';

/** What is markup to Jira's renderer. Source: jira.atlassian.com, Text Formatting Notation. */
const MARKUP = [
  /\\\\/,
  /[{}[\]|*^~]/,
  /(?<![A-Za-z0-9])[-_+]/,
  /\?\?/,
  /!\S/,
  /[:;]-?[()]/,
  /[:;]-?[PpD](?![A-Za-z0-9])/,
  /\((?:[-!?+/\\yinx]|on|off|flag|flagoff)\)/i,
  /^[ \t]*#/m,
  /^[ \t]*(?:h[1-6]|bq)\./im,
];

/**
 * Wiki markup as Jira reads it: the text that is shown, and whether any of it is markup. A backslash takes the meaning from the
 * signs that its renderer knows, unless another backslash precedes it; anywhere else it is shown. Invisible characters are left out.
 */
export function readWiki(wiki: string): { readonly text: string; readonly isPlain: boolean } {
  const escape = /(?<!\\)\\([-#*_+?^~|%{}[\]()!@])/g;
  const bare = wiki.replace(escape, TAKEN);
  return {
    text: wiki.replace(escape, '$1').replaceAll('\u2060', ''),
    isPlain: MARKUP.every((mark) => !mark.test(bare)),
  };
}
