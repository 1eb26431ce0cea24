import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { NODE_TYPES } from '../../support/pack-files.ts';

const UNNAMED = `[...document.querySelectorAll('.survey-hooks :is(input, select, button)')]
  .filter((element) => element.type !== 'hidden' && element.offsetParent !== null)
  .filter((element) => !(element.labels?.length || element.ariaLabel || element.textContent.trim() ||
    element.closest('.red-ui-typedInput-container')))
  .map((element) => element.id || element.outerHTML)`;

/** Its content would be cut off at the right: the editor makes no dialog wider than the window lets it. */
const OVERFLOW = `(() => {
  const form = document.querySelector('.survey-hooks');
  const right = form.getBoundingClientRect().right + 1;
  return [...form.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > right)
    .filter((element) => !element.closest('.monaco-editor')).map((element) => element.id || element.className);
})()`;

/** What holds for the dialogs of all types. */
export function everyDialog(editor: () => Editor): void {
  const isConfig = (type: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.nodes.getType('${type}').category === 'config'`);

  for (const type of NODE_TYPES) {
    it(`opens and saves a ${type} without changing it, each input named and none cut off`, async () => {
      const id = (await isConfig(type)) ? undefined : await editor().add(type);
      await (id === undefined ? editor().openNew(type) : editor().open(id));
      assert.deepEqual(await editor().page.evaluate(UNNAMED), []);
      assert.deepEqual(await editor().page.evaluate(OVERFLOW), []);
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
