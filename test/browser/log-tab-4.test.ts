import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { failingFirst, Receiver } from '../support/receiver.ts';
import { logFlows, send } from './log-tab/flows.ts';

describe('The webhook log in the sidebar of Node-RED 4.1', function () {
  this.timeout(90_000);
  let editor: Editor;
  let receiver: Receiver;
  let tab: LogTab;

  before(async () => {
    receiver = await Receiver.start(failingFirst(1, { status: 500, body: 'broken' }, { body: 'mended' }));
    editor = await Editor.start({ version: 4, ...logFlows(receiver.url) });
    tab = new LogTab(editor);
    await tab.open();
  });
  after(async () => {
    await editor.stop();
    await receiver.stop();
  });

  it('shows a delivery as it is accepted, fails and succeeds', async () => {
    receiver.hold();
    await send({ editor, receiver, tab }, { id: 'msg_first' });
    await tab.waitForStatus('msg_first', 'In Progress');
    const row = tab.row('msg_first');
    await row.evaluate((element) => element.setAttribute('data-seen', 'yes'));
    receiver.release();
    await tab.waitForStatus('msg_first', 'Succeeded');
    await row.filter({ hasText: 'mended' }).waitFor();
    assert.equal(await row.getAttribute('data-seen'), 'yes');
  });

  it('opens it and resends it', async () => {
    await tab.openDelivery('msg_first');
    const entries = tab.root.locator('.survey-hooks-log-attempts li');
    assert.match(await entries.nth(1).innerText(), /No\. 1\s.*500 failed/);
    await tab.button('Resend').click();
    await entries.nth(2).waitFor();
    assert.match(await entries.first().innerText(), /No\. 3\s.*200 succeeded.*resend/s);
    assert.equal((await receiver.waitFor(3)).length, 3);
  });

  it('has room for each of its views where it is narrow', async () => {
    for (const [view, shown] of [
      ['External data', 'Nothing is kept yet.'],
      ['Hooks', '/hooks/relay'],
      ['Endpoints', 'Delivering'],
      ['Deliveries', 'Request'],
    ] as const) {
      await tab.root.getByRole('tab', { name: view }).click();
      await tab.root.getByText(shown).filter({ visible: true }).first().waitFor();
      for (const width of [180, 300]) {
        await tab.resize(width);
        const wide = await tab.root
          .locator('.survey-hooks-log-view, .survey-hooks-log-scroll')
          .evaluateAll((all) => all.filter((element) => element.scrollWidth > element.clientWidth).length);
        assert.equal(wide, 0, `${view} scrolls sideways at ${width} pixels.`);
      }
    }
    assert.deepEqual(editor.errors, []);
  });
});
