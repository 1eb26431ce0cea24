import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { format, mapping } from './fixtures.ts';

export const recordFlows = [
  format('optioned', { format: 'slack', options: { title: 'NPS', showLinks: false } }),
  format('templated'),
  mapping('mapped'),
];

/** What a person sees of formats and mappings. */
export function recordDialogs(editor: () => Editor): void {
  it('keeps the options of the chosen format', async () => {
    await editor().open('optioned');
    assert.equal(await editor().value('payload-format-title'), 'NPS');
    await editor().field('node-input-format').selectOption('freshdesk-ticket');
    await editor().type('payload-format-tags', 'nps, survey');
    await editor().done();
    assert.deepEqual((await editor().node('optioned')).options, {
      subject: '',
      priority: 'auto',
      status: '2',
      tags: 'nps, survey',
      requesterEmail: '',
    });
  });

  it('keeps the text of a template', async () => {
    await editor().open('templated');
    await editor().field('node-input-format').selectOption('template');
    await editor().page.locator('#payload-format-template').click();
    await editor().page.keyboard.insertText('{"score":{{score}}}');
    await editor().done();
    assert.equal((await editor().node('templated')).template, '{"score":{{score}}}');
  });

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
