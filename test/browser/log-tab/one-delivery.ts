import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { LogTab } from '../../support/log-tab.ts';
import type { Receiver } from '../../support/receiver.ts';
import { until } from '../../support/until.ts';
import { SECRET, send, type LogBench } from './flows.ts';

const HOSTILE = '<script>window.attacked = 1</script><img src="x" onerror="window.attacked = 2">';

/** What a person sees of one delivery, from before there is any to a resend. */
export function oneDelivery(bench: () => LogBench): void {
  const tab = (): LogTab => bench().tab;
  const editor = (): Editor => bench().editor;
  const receiver = (): Receiver => bench().receiver;

  it('says what to do where nothing was sent yet', async () => {
    await tab().open();
    await tab().root.getByText('Put a survey webhook out node on the canvas').waitFor();
    assert.equal(await tab().rows.count(), 0);
  });

  it('shows a delivery as it is accepted, and changes its row in place with each attempt', async () => {
    const failure = { status: 503, body: 'maintenance' };
    receiver().answer(() => failure);
    receiver().hold();
    await send(bench(), { id: 'msg_first' });
    await tab().waitForStatus('msg_first', 'In Progress');
    await receiver().waitFor(1);
    const row = tab().row('msg_first');
    await row.evaluate((element) => element.setAttribute('data-seen', 'yes'));
    for (const attempt of [2, 3]) {
      receiver().release();
      receiver().hold();
      await receiver().waitFor(attempt);
      await row.filter({ hasText: /503/ }).filter({ hasText: 'maintenance' }).waitFor();
      await row.locator('.survey-hooks-log-cell-attempts', { hasText: String(attempt) }).waitFor();
    }
    receiver().answer(() => ({ body: 'thank you' }));
    receiver().release();
    await tab().waitForStatus('msg_first', 'Succeeded');
    const text = await row.innerText();
    assert.match(text, /200/);
    assert.match(text, /thank you/);
    assert.match(text, /Receiver/);
    assert.equal(await row.getAttribute('data-seen'), 'yes');
    const time = row.locator('time');
    assert.match((await time.getAttribute('title')) ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT$/);
    assert.equal(await time.innerText(), 'now');
  });

  it('opens by the keyboard, shows every attempt, and goes back to the row', async () => {
    await tab().row('msg_first').getByRole('button').focus();
    await editor().page.keyboard.press('Enter');
    const entries = tab().root.locator('.survey-hooks-log-attempts li');
    await entries.nth(2).waitFor();
    assert.equal(await entries.count(), 3);
    assert.match(await entries.nth(0).innerText(), /No\. 3\s.*200 succeeded/);
    assert.match(await entries.nth(2).innerText(), /No\. 1\s.*503 failed/);
    assert.equal(await tab().text('Response').first().innerText(), 'thank you');
    assert.match(await tab().text('Payload').innerText(), /^\{\n {2}"id": "msg_first"\n\}$/);
    assert.match(await tab().text('Address and headers').innerText(), /^POST http:\/\/127\.0\.0\.1:\d+/);
    await editor().page.keyboard.press('Escape');
    await tab().row('msg_first').waitFor();
    const focused = await editor().page.evaluate<string>('document.activeElement.title');
    assert.equal(focused, 'msg_first');
  });

  it('resends it, and shows the attempt as one that a person asked for', async () => {
    await tab().openDelivery('msg_first');
    const before = receiver().requests.length;
    await tab().button('Resend').click();
    await tab().root.getByText('Resending now.').waitFor();
    await receiver().waitFor(before + 1);
    const newest = tab().root.locator('.survey-hooks-log-attempts li').first();
    await newest.filter({ hasText: 'No. 4' }).waitFor();
    assert.match(await newest.innerText(), /resend/);
    await tab().button('Back').click();
    await tab().row('msg_first').locator('.survey-hooks-log-cell-attempts', { hasText: '4' }).waitFor();
  });

  it('shows what strangers wrote as text, and runs nothing of it', async () => {
    receiver().answer(() => ({ body: HOSTILE, headers: { 'x-hostile': HOSTILE } }));
    await send(bench(), { id: 'msg_hostile', comment: HOSTILE });
    const row = tab().rows.filter({ hasText: HOSTILE }).first();
    await row.waitFor();
    await row.click();
    await tab().text('Payload').waitFor();
    assert.match(await tab().text('Payload').innerText(), /<script>window\.attacked = 1<\/script><img/);
    assert.equal(await tab().text('Response').innerText(), HOSTILE);
    assert.equal(await tab().root.locator('script, img').count(), 0);
    await tab().button('Back').click();
    assert.equal(await editor().page.evaluate('window.attacked'), undefined);
    receiver().answer(() => ({}));
  });

  it('copies a request as a command, with placeholders for secrets', async () => {
    await editor().page.evaluate('RED.clipboard.copyText = (text) => { window.copied = text; }');
    await tab().openDelivery('msg_first');
    await tab().button('Copy as curl').click();
    const copied = String(await editor().page.evaluate('window.copied'));
    assert.match(copied, /^curl -X POST http:\/\/127\.0\.0\.1:\d+\/surveys \\\n/);
    assert.match(copied, /'authorization: <authorization>'/i);
    assert.match(copied, /--data-raw '\{"id":"msg_first"\}'$/);
    assert.ok(!copied.includes(SECRET));
    await tab().button('Back').click();
  });

  it('offers another endpoint where that of the delivery is gone', async () => {
    await editor().page.route('**/resend', (route) => {
      const { endpoint } = (route.request().postDataJSON() ?? {}) as { endpoint?: string };
      return endpoint
        ? route.fulfill({ status: 202, json: { id: 'd', attempts: 1 } })
        : route.fulfill({ status: 409, json: { error: { code: 'endpoint_gone', message: 'Gone.' } } });
    });
    await tab().openDelivery('msg_first');
    await tab().button('Resend').click();
    await tab().root.getByText('Choose another one').waitFor();
    const asked = editor().page.waitForRequest('**/resend');
    await tab().root.locator('.survey-hooks-log-choice button').click();
    const { endpoint } = (await asked).postDataJSON() as { endpoint: string };
    assert.equal((await editor().node(endpoint)).type, 'webhook-endpoint');
    await tab().root.getByText('Resending now.').waitFor();
    await editor().page.unrouteAll();
    await tab().button('Back').click();
  });

  it('asks for nothing while nobody looks', async () => {
    const asked: string[] = [];
    editor().page.on('request', (request) => {
      if (request.url().includes('survey-hooks/')) asked.push(request.url());
    });
    await editor().page.evaluate("RED.sidebar.show('info')");
    await tab().root.waitFor({ state: 'hidden' });
    const before = receiver().requests.length;
    asked.length = 0;
    await send(bench(), { id: 'msg_unseen' });
    await receiver().waitFor(before + 1);
    await until(
      async () => (await editor().nodeRed.deliveries({ search: 'msg_unseen' }))[0]?.status === 'Succeeded',
      {
        what: () => 'the delivery to end',
      },
    );
    assert.deepEqual(asked, []);
    await tab().open();
    await tab().row('msg_unseen').waitFor();
    editor().page.removeAllListeners('request');
  });
}
