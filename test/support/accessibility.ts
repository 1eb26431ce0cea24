/** What axe-core finds in the page of an editor that people who use a screen reader, or see little, cannot use. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Editor } from './editor.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Elements within ours that the editor makes and nobody else can mend. */
const OF_EDITOR = [
  // The editor's list gives no name to the link that takes out an item.
  '.red-ui-editableList-item-remove',
].join();

/** Of what is drawn only the colours go by the theme. */
const THEMES = [
  { name: 'light', isDark: false, options: {} },
  { name: 'dark', isDark: true, options: { runOnly: ['color-contrast', 'link-in-text-block'] } },
] as const satisfies readonly { name: string; isDark: boolean; options: RunOptions }[];

/** Makes the page ready, whenever the editor has been loaded. */
export async function prepareAxe({ page }: Editor): Promise<void> {
  await page.evaluate(AXE);
  // The editor's body is 0 pixels high, for which axe-core takes all of it to be cut off; and a colour that still changes is neither.
  await page.addStyleTag({
    content: `html, body { overflow: visible !important }
      *, ::before, ::after { transition: none !important; animation: none !important }`,
  });
}

/** The violations of serious or critical impact within a selector, in the light and the dark theme, in words. */
export async function seriousTrouble({ page }: Editor, selector: string): Promise<string[]> {
  // What the pointer is on has other colours.
  await page.mouse.move(0, 0);
  const trouble: string[] = [];
  for (const { name, isDark, options } of THEMES) {
    await page.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${isDark})`);
    const run = `axe.run(${JSON.stringify(selector)}, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`;
    const found = await page.evaluate<AxeResults['violations']>(
      `${run}.then(({ violations }) => violations.map((violation) => ({
        ...violation,
        nodes: violation.nodes.filter(({ target }) => !document.querySelector(target[0])?.matches(${JSON.stringify(OF_EDITOR)})),
      })))`,
    );
    for (const { id, impact, nodes } of found)
      if (impact === 'serious' || impact === 'critical')
        for (const { html, failureSummary } of nodes)
          trouble.push(`${name}: ${id}: ${html} ${failureSummary}`);
  }
  await page.evaluate("document.documentElement.classList.remove('nr-theme-dark')");
  return trouble;
}
