interface TextBlock {
  readonly label: string;
  readonly text: string;
}

/** Adds a text that strangers may have written, with what it is above it. It can be reached and scrolled by the keyboard. */
export function addText(parent: JQuery, { label, text }: TextBlock): void {
  $('<h4>').text(label).appendTo(parent);
  $('<pre class="survey-hooks-log-text" tabindex="0" role="region">')
    .attr('aria-label', label)
    .text(text)
    .appendTo(parent);
}

/** Headers as they stand in HTTP, a line each. */
export const headersText = (headers: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(headers)
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`))
    .join('\n');
