import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { mapping } from './fixtures.ts';

const lookup = (id: string): FlowNode => ({
  id,
  type: 'record-lookup',
  z: 'tab',
  x: 300,
  y: 80,
  name: '',
  lookup: 'account',
  value: 'payload',
  valueType: 'msg',
  days: 30,
  wires: [[]],
});

export const recordFlows: FlowNode[] = [mapping('mapped'), mapping('filling'), lookup('looking')];

/** What a person sees of mappings and of the nodes that keep records. */
export function recordDialogs(editor: () => Editor): void {
  it('shows the fields of a data type and takes one over to be changed, once', async () => {
    await editor().open('mapped');
    await editor().field('node-config-input-dataType').selectOption('activities');
    const row = editor().field('inbound-mapping-built-in').locator('tr', { hasText: 'Reference' });
    assert.match((await row.textContent()) ?? '', /Reference.*reference.*text.*yes/);
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

  it('lets a person choose what is filled in of an invitation, by the properties as they are', async () => {
    const box = (property: string) =>
      editor().field('inbound-mapping-fill-list').getByRole('checkbox', { name: property, exact: true });
    await editor().open('filling');
    assert.equal(await editor().field('inbound-mapping-fill').isVisible(), false);
    await editor().field('node-config-input-dataType').selectOption('surveys');
    assert.equal(await box('firstName').isVisible(), false);
    await editor().field('inbound-mapping-fill').selectOption('some');
    for (const property of ['phone', 'lastName', 'accountName']) await box(property).uncheck();
    assert.equal(await box('touchpoint').count(), 0);
    for (const [name, text] of [
      ['field', 'Email'],
      ['property', 'mail'],
    ] as const) {
      const input = editor().field('inbound-mapping-fields').locator(`[data-field=${name}]`);
      await input.fill(text);
      await input.blur();
    }
    await box('mail').check();
    await editor().done();
    assert.deepEqual((await editor().node('filling')).autoPopulate, ['mail', 'firstName']);

    await editor().open('filling');
    assert.equal(await box('phone').isChecked(), false);
    await editor().field('inbound-mapping-fill').selectOption('all');
    await editor().done();
    assert.equal((await editor().node('filling')).autoPopulate, null);
  });

  it('asks of a look-up what that needs, and keeps it', async () => {
    await editor().open('looking');
    const isShown = (id: string) => editor().field(id).isVisible();
    const value = editor().page.locator('.red-ui-typedInput-container:visible');
    assert.deepEqual([await value.count(), await isShown('node-input-days')], [1, false]);
    await editor().field('node-input-lookup').selectOption('responses');
    assert.deepEqual([await value.count(), await isShown('node-input-days')], [0, true]);
    await editor().field('node-input-lookup').selectOption('activities');
    assert.deepEqual([await value.count(), await isShown('node-input-days')], [1, true]);
    await editor().type('node-input-days', '0');
    assert.equal(await editor().isMarked('node-input-days'), true);
    await editor().type('node-input-days', '7');
    await editor().page.evaluate(
      `$('#node-input-value').typedInput('type', 'jsonata').typedInput('value', 'account')`,
    );
    await editor().done();
    const { lookup, value: kept, valueType, days } = await editor().node('looking');
    assert.deepEqual(
      { lookup, kept, valueType, days: Number(days) },
      {
        lookup: 'activities',
        kept: 'account',
        valueType: 'jsonata',
        days: 7,
      },
    );
  });

  it('marks a look-up that does not say of which account, unless it needs none', async () => {
    const id = await editor().add('record-lookup');
    const isValidWith = async (lookup: string): Promise<boolean> => {
      await editor().open(id);
      await editor().field('node-input-lookup').selectOption(lookup);
      await editor().page.evaluate(`$('#node-input-value').typedInput('value', '')`);
      await editor().done();
      return editor().page.evaluate<boolean>(`RED.nodes.node('${id}').valid`);
    };
    assert.deepEqual([await isValidWith('contact'), await isValidWith('responses')], [false, true]);
  });

  it('says at an upsert what has to stand before it', async () => {
    await editor().open(await editor().add('record-upsert'));
    const tips = editor().page.locator('.survey-hooks .form-tips');
    assert.match((await tips.allTextContents()).join(' '), /mapping validator[\s\S]*Catch node/);
    await editor().cancel();
  });
}
