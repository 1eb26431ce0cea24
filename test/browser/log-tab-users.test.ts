import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { Receiver } from '../support/receiver.ts';
import { logFlows, send } from './log-tab/flows.ts';

describe('The webhook log of a user who may only read', function () {
  this.timeout(90_000);
  let editor: Editor;
  let receiver: Receiver;
  let tab: LogTab;

  before(async () => {
    receiver = await Receiver.start();
    editor = await Editor.start({ ...logFlows(receiver.url), user: 'reader' });
    tab = new LogTab(editor);
  });
  after(async () => {
    await editor.stop();
    await receiver.stop();
  });

  it('is the list, as it changes', async () => {
    await tab.open();
    await send({ editor, receiver, tab }, { id: 'msg_first' });
    await tab.waitForStatus('msg_first', 'Succeeded');
  });

  it('has no payload, and says why', async () => {
    await tab.row('msg_first').click();
    await tab.root.getByText('that needs the permission survey-hooks.payload').waitFor();
    assert.equal(await tab.text('Payload').isVisible(), false);
  });

  it('resends nothing, neither one nor many', async () => {
    await tab.button('Resend').click();
    await tab.root.getByText('that needs the permission survey-hooks.write').waitFor();
    await tab.button('Back').click();
    await tab.button('Resend all').click();
    await tab.root.getByText('You may not do this').waitFor();
    assert.equal(receiver.requests.length, 1);
  });
});
