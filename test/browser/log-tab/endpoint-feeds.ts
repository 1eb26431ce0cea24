import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from '../../support/editor.ts';
import type { LogTab } from '../../support/log-tab.ts';

interface Bench {
  readonly editor: Editor;
  readonly tab: LogTab;
}

/** What a person sees of the nodes before an endpoint, and changes there. */
export function endpointFeeds(bench: () => Bench): void {
  const editor = (): Editor => bench().editor;
  const tab = (): LogTab => bench().tab;
  const feeds = (id: string): Locator => tab().endpoint(id).locator('details');
  const names = (id: string): Promise<string[]> => feeds(id).locator('li').allInnerTexts();

  it('names sources and nodes, and shows them on the canvas', async () => {
    await feeds('chat').locator('summary').getByText('Sources: 1. Linked nodes: 1.').waitFor();
    await feeds('desk').locator('summary').click();
    assert.deepEqual(
      (await names('desk')).map((text) => text.replace(/\s+/g, ' ').trim()),
      ['Lab Flow', 'To the desk Other flow'],
    );
    await feeds('desk').getByRole('button', { name: 'To the desk' }).click();
    await editor().page.waitForFunction("RED.workspaces.active() === 'other'");
    await feeds('desk').getByRole('button', { name: 'Lab' }).click();
    await editor().page.waitForFunction("RED.workspaces.active() === 'tab'");
  });

  it('follows the wires of the canvas as they change', async () => {
    await editor().page.evaluate(
      "RED.nodes.addLink({ source: RED.nodes.node('shop'), sourcePort: 0, target: RED.nodes.node('away') })",
    );
    await feeds('desk').locator('summary').getByText('Sources: 2.').waitFor();
  });

  it('links a node with a tick that can be undone and is deployed', async () => {
    const box = feeds('desk').getByRole('checkbox', { name: 'Stray' });
    const linked = async (): Promise<unknown> => (await editor().node('stray')).endpoints;
    await feeds('desk').getByRole('button', { name: 'Change' }).click();
    await box.check();
    await feeds('desk').locator('summary').getByText('Linked nodes: 2.').waitFor();
    await feeds('desk').getByText('It is not deployed yet').waitFor();
    assert.ok(await box.evaluate((element) => element === element.ownerDocument.activeElement));
    assert.deepEqual(await linked(), ['idle', 'broken', 'desk']);
    assert.equal(await editor().page.evaluate("RED.nodes.node('stray').changed"), true);

    await editor().page.evaluate('RED.history.pop()');
    await feeds('desk').locator('summary').getByText('Linked nodes: 1.').waitFor();
    assert.equal(await box.isChecked(), false);
    assert.deepEqual(await linked(), ['idle', 'broken']);
    assert.equal(await editor().page.evaluate("RED.nodes.node('desk').users.length"), 1);

    await box.check();
    await editor().deploy();
    await feeds('desk').getByText('It is not deployed yet').waitFor({ state: 'hidden' });
    assert.deepEqual((await editor().deployed('stray')).endpoints, ['idle', 'broken', 'desk']);
    await box.uncheck();
    await feeds('desk').getByText('It is not deployed yet').waitFor();
    assert.deepEqual(await linked(), ['idle', 'broken']);
  });

  it('changes nothing while a dialog is open that would write over it', async () => {
    const box = feeds('desk').getByRole('checkbox', { name: 'Stray' });
    await editor().open('stray');
    await box.click();
    await feeds('desk').getByText('A dialog is open.').waitFor();
    assert.equal(await box.isChecked(), false);
    await editor().cancel();
    assert.deepEqual(editor().errors, []);
  });
}
