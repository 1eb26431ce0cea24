import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { mapping } from './fixtures.ts';

export const recordFlows = [mapping('mapped')];

/** What a person sees of mappings. */
export function recordDialogs(editor: () => Editor): void {
  it('shows the fields of a data type and takes one over to be changed, once', async () => {
    await editor().open('mapped');
    await editor().field('node-config-input-dataType').selectOption('activities');
    const row = editor().field('inbound-mapping-built-in').locator('tr', { hasText: 'Reference' });
    assert.match((await row.textContent()) ?? '', /Reference.*reference.*string.*yes/);
    await row.getByRole('button').click();
    await row.getByRole('button').click();
    await editor().done();
    const { fields } = await editor().node('mapped');
    assert.deepEqual(
      (fields as { property: string; required: boolean }[]).map(({ property, required }) => [
        property,
        required,
      ]),
      [
        ['email', true],
        ['reference', true],
      ],
    );
  });
}
