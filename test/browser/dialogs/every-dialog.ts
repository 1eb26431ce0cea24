import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { NODE_TYPES } from '../../support/pack-files.ts';

/** Shows the tabs of a dialog one above the other. */
const UNFOLD = `void $('.survey-hooks [id$=-tabs-content]').children().show()`;

const UNNAMED = `[...document.querySelectorAll('.survey-hooks :is(input, select, button)')]
  .filter((element) => element.type !== 'hidden' && element.offsetParent !== null)
  .filter((element) => !(element.labels?.length || element.ariaLabel || element.textContent.trim() ||
    element.closest('.red-ui-typedInput-container')))
  .map((element) => element.id || element.outerHTML)`;

/** Its content would be cut off at the right: the editor makes no dialog wider than the window lets it. */
const OVERFLOW = `(() => {
  const form = document.querySelector('.survey-hooks');
  const tray = form.closest('.red-ui-tray').getBoundingClientRect();
  const right = Math.min(form.getBoundingClientRect().right, tray.right) + 1;
  return [...form.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > right)
    .filter((element) => !element.closest('.monaco-editor')).map((element) => element.id || element.className);
})()`;

/** In pixels: the one of `Editor.start`, and one that leaves a dialog less than 500. */
const WINDOW = { width: 1400, height: 1000 };
const NARROW = { width: 800, height: 1000 };

/** What holds for the dialogs of all types. */
export function everyDialog(editor: () => Editor): void {
  const isConfig = (type: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.nodes.getType('${type}').category === 'config'`);

  for (const type of NODE_TYPES) {
    it(`opens and saves a ${type} without changing it, each input named and none cut off in a wide or narrow window`, async () => {
      const id = (await isConfig(type)) ? undefined : await editor().add(type);
      await (id === undefined ? editor().openNew(type) : editor().open(id));
      await editor().page.evaluate(UNFOLD);
      assert.deepEqual(await editor().page.evaluate(UNNAMED), []);
      assert.deepEqual(await editor().page.evaluate(OVERFLOW), []);
      await editor().page.setViewportSize(NARROW);
      assert.deepEqual(await editor().page.evaluate(OVERFLOW), []);
      await editor().page.setViewportSize(WINDOW);
      const before = id === undefined ? undefined : await editor().node(id);
      await editor().done();
      if (id !== undefined) assert.deepEqual(await editor().node(id), before);
      assert.deepEqual(editor().errors, []);
    });

    it(`leaves no key of a word of ${type} to be seen`, async () => {
      const text = await editor().page.evaluate<string>(
        `$('<div>').html($("script[data-template-name='${type}']").html()).find('[data-i18n]').toArray()
          .flatMap((e) => $(e).attr('data-i18n').split(';').map((k) => k.replace(/^\\[[^\\]]*\\]/, '')))
          .filter((k) => RED.nodes.getType('${type}')._(k) === k).join(' ')`,
      );
      assert.equal(text, '');
    });
  }
}
