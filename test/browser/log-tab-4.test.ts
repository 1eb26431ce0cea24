import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { failingFirst, Receiver } from '../support/receiver.ts';
import { logFlows, send } from './log-tab/flows.ts';

describe('The webhook log in the sidebar of Node-RED 4.1', function () {
  this.timeout(90_000);
  let editor: Editor;
  let receiver: Receiver;

  before(async () => {
    receiver = await Receiver.start(failingFirst(1, { status: 500, body: 'broken' }, { body: 'mended' }));
    editor = await Editor.start({ version: 4, ...logFlows(receiver.url) });
  });
  after(async () => {
    await editor.stop();
    await receiver.stop();
  });

  it('shows a delivery as it fails and succeeds, and resends it', async () => {
    const tab = new LogTab(editor);
    await tab.open();
    await send({ editor, receiver, tab }, { id: 'msg_first' });
    await tab.waitForStatus('msg_first', 'Succeeded');
    await tab.openDelivery('msg_first');
    const entries = tab.root.locator('.survey-hooks-log-attempts li');
    assert.match(await entries.nth(1).innerText(), /No\. 1\s.*500 failed/);
    await tab.button('Resend').click();
    await entries.nth(2).waitFor();
    assert.match(await entries.first().innerText(), /No\. 3\s.*200 succeeded.*resend/s);
    assert.deepEqual(editor.errors, []);
  });
});
