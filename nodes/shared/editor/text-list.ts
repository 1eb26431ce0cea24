/** The texts between the commas of a line, without outer spaces; empty ones are left out. */
export const readTextList = (line: string): string[] =>
  line
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** Texts as a line that people edit. */
export const writeTextList = (texts: readonly string[]): string => texts.join(', ');
