import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { endpoint, externalData, externalGroup, outNode } from './fixtures.ts';

export const externalFlows: FlowNode[] = [
  externalGroup('helpdesk', 'Helpdesk'),
  externalGroup('tracker', 'Tracker', { subjectKind: 'project' }),
  externalData('reading', 'helpdesk'),
  endpoint('captured'),
  outNode('capturing', ['captured']),
];

const FIELD = { label: 'Number', parameter: 'result.number', type: 'string', favorite: true };

/** What a person sees of values of other systems. */
export function externalDataDialogs(editor: () => Editor): void {
  const row = () => editor().field('external-data-group-fields').locator('li').last();
  const cell = (name: string) => row().locator(`[data-field=${name}]`);
  const isValid = (id: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.editor.validateNode(RED.nodes.node('${id}'))`);

  it('makes a group whose fields say by which tag they are had', async () => {
    await editor().openNew('external-data-group');
    await editor().field('node-config-input-name').fill('CRM');
    await editor().page.locator('.red-ui-editableList-addButton:visible').click();
    assert.equal(await cell('tag').textContent(), '');
    await cell('label').fill('Due');
    await cell('parameter').fill('/result/due_at');
    assert.equal(await cell('tag').textContent(), 'Tag: {{external.CRM.result.due_at}}');
    await cell('type').selectOption('date-time');
    await cell('favorite').check();
    await editor().field('node-config-input-name').fill('Sales');
    assert.equal(await cell('tag').textContent(), 'Tag: {{external.Sales.result.due_at}}');
    await editor().page.locator('.red-ui-editableList-addButton:visible').click();
    await editor().done();
    const group = (await editor().exported()).find(({ name }) => name === 'Sales');
    assert.equal(group?.subjectKind, 'ticket');
    assert.deepEqual(group.fields, [
      { label: 'Due', parameter: '/result/due_at', type: 'date-time', favorite: true },
    ]);
    assert.equal(await isValid(group.id), true);
  });

  it('marks a group whose name or fields cannot stand', async () => {
    await editor().open('tracker');
    for (const [bad, good] of [
      ['Help.desk', 'Jira'],
      ['{Jira}', 'Issue tracker'],
      ['helpdesk', 'Tracker'],
      ['', 'Tracker'],
    ] as const) {
      await editor().type('node-config-input-name', bad);
      assert.equal(await editor().isMarked('node-config-input-name'), true, bad);
      await editor().type('node-config-input-name', good);
      assert.equal(await editor().isMarked('node-config-input-name'), false, good);
    }
    await cell('parameter').fill('result..number');
    assert.match((await cell('parameter').getAttribute('class')) ?? '', /input-error/);
    await editor().done();
    assert.equal(await isValid('tracker'), false);
    await editor().open('tracker');
    assert.equal(await cell('parameter').inputValue(), 'result..number');
    await cell('parameter').fill('result.number');
    assert.doesNotMatch((await cell('parameter').getAttribute('class')) ?? '', /input-error/);
    await editor().done();
    assert.equal(await isValid('tracker'), true);
    assert.deepEqual((await editor().node('tracker')).fields, [FIELD]);
  });

  it('reads, keeps or deletes what a group has, and says of what', async () => {
    const hint = editor().field('external-data-subject-hint');
    await editor().open('reading');
    assert.equal(await hint.textContent(), 'The id of the ticket.');
    await editor().field('node-input-group').selectOption('tracker');
    assert.equal(await hint.textContent(), 'The id of the project.');
    await editor().field('node-input-action').selectOption('delete');
    await editor().page.evaluate(
      `$('#node-input-subject').typedInput('type', 'env').typedInput('value', 'PROJECT')`,
    );
    await editor().done();
    const { group, action, subject, subjectType } = await editor().node('reading');
    assert.deepEqual([group, action, subject, subjectType], ['tracker', 'delete', 'PROJECT', 'env']);
    assert.equal(await isValid('reading'), true);
  });

  it('needs a group and what its values belong to', async () => {
    const id = await editor().add('external-data');
    await editor().open(id);
    await editor().field('node-input-group').selectOption('_ADD_');
    await editor().done();
    assert.equal(await isValid(id), false);
    await editor().open(id);
    await editor().field('node-input-group').selectOption('helpdesk');
    await editor().page.evaluate(`$('#node-input-subject').typedInput('value', '')`);
    await editor().done();
    assert.equal(await isValid(id), false);
    await editor().open(id);
    await editor().page.evaluate(`$('#node-input-subject').typedInput('value', 'payload.id')`);
    await editor().done();
    assert.equal(await isValid(id), true);
  });

  it('lets an out node capture values, and none', async () => {
    const hint = editor().field('survey-webhook-out-subject-hint');
    await editor().open('capturing');
    assert.match((await hint.textContent()) ?? '', /^The ticket, user or project/);
    await editor().field('node-input-capture').selectOption('helpdesk');
    assert.match((await hint.textContent()) ?? '', /^The id of the ticket/);
    await editor().page.evaluate(`$('#node-input-subject').typedInput('value', '')`);
    await editor().done();
    assert.equal(await isValid('capturing'), false);
    await editor().open('capturing');
    await editor().page.evaluate(
      `$('#node-input-subject').typedInput('type', 'jsonata').typedInput('value', 'payload.id')`,
    );
    await editor().done();
    const { capture, subject, subjectType } = await editor().node('capturing');
    assert.deepEqual([capture, subject, subjectType], ['helpdesk', 'payload.id', 'jsonata']);
    assert.equal(await isValid('capturing'), true);
    assert.equal(await editor().page.evaluate("RED.nodes.node('helpdesk').users.length > 0"), true);

    await editor().open('capturing');
    await editor().field('node-input-capture').selectOption('_ADD_');
    await editor().done();
    assert.equal((await editor().node('capturing')).capture, '');
    assert.equal(await isValid('capturing'), true);
    assert.deepEqual(editor().errors, []);
  });
}
