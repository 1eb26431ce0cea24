import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { endpoint, outNode } from './fixtures.ts';

export const outFlows = [
  outNode('growing', ['first']),
  outNode('losing', ['lost', 'second']),
  outNode('emptied', ['only']),
  ...['first', 'second', 'third', 'lost', 'only'].map((id) => endpoint(id)),
];

const countUsers = (editor: Editor, ids: readonly string[]): Promise<number[]> =>
  editor.page.evaluate<number[]>(`${JSON.stringify(ids)}.map((id) => RED.nodes.node(id).users.length)`);

/** What a person sees of a node that delivers. */
export function outDialog(editor: () => Editor): void {
  const pressDelete = async (): Promise<void> => {
    await editor().page.locator('.red-ui-tray-toolbar .leftButton').click();
    await editor().page.locator('.red-ui-tray').waitFor({ state: 'detached' });
  };

  it('adds endpoints to an out node, keeps their order and counts it as their user', async () => {
    await editor().open('growing');
    await editor().field('survey-webhook-out-choice').selectOption('third');
    await editor().opening(() => editor().field('survey-webhook-out-create').click());
    await editor().type('node-config-input-name', 'Fourth');
    await editor().type('node-config-input-url', 'https://example.com/four');
    await editor().done();
    await editor().field('survey-webhook-out-endpoints').getByText('Fourth').waitFor();
    await editor().done();
    const fourth = (await editor().exported()).find(({ name }) => name === 'Fourth')?.id ?? '';
    assert.deepEqual((await editor().node('growing')).endpoints, ['first', 'third', fourth]);
    assert.deepEqual(await countUsers(editor(), ['first', 'third', fourth]), [1, 1, 1]);
    await editor().deploy();
    await editor().load();
    assert.deepEqual(await countUsers(editor(), ['first', 'third', fourth]), [1, 1, 1]);
  });

  it('names an endpoint that is gone, and takes it off the list', async () => {
    await editor().page.evaluate("RED.nodes.remove('lost')");
    await editor().open('losing');
    const list = editor().field('survey-webhook-out-endpoints');
    await list.getByText('lost is no longer there').waitFor();
    await list.locator('li').first().locator('.red-ui-editableList-item-remove').click();
    await list.getByText('lost is no longer there').waitFor({ state: 'detached' });
    await editor().done();
    assert.deepEqual((await editor().node('losing')).endpoints, ['second']);
  });

  it('hears of no endpoint any more when it is deleted from its own dialog', async () => {
    const id = await editor().add('survey-webhook-out');
    await editor().open(id);
    await pressDelete();
    await editor().openNew('webhook-endpoint');
    await editor().type('node-config-input-name', 'Later');
    await editor().type('node-config-input-url', 'https://example.com/later');
    await editor().done();
    assert.deepEqual(editor().errors, []);
    await editor().load();
  });

  it('keeps a list when the only endpoint of a node is deleted', async () => {
    await editor().open('only');
    await pressDelete();
    assert.deepEqual((await editor().node('emptied')).endpoints, []);
    await editor().load();
  });
}
