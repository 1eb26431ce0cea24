import assert from 'node:assert/strict';
import type { LogTab } from '../../support/log-tab.ts';
import { call } from '../../support/http.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { endpoint, hook } from '../dialogs/fixtures.ts';
import { send, type LogBench } from './flows.ts';

const ENDPOINTS = Array.from({ length: 10 }, (_, index) => `many-${index}`);
const MESSAGES = 100;

/** A hook whose every message goes to ten endpoints. */
export const manyFlows = (url: string): FlowNode[] => [
  ...ENDPOINTS.map((id) => endpoint(id, { name: `Many ${id.at(-1)}`, url: `${url}/many` })),
  hook('many-hook', { z: 'relay-tab', auth: 'none', path: '/hooks/many', wires: [['many-out']] }),
  {
    id: 'many-out',
    type: 'survey-webhook-out',
    z: 'relay-tab',
    x: 300,
    y: 300,
    name: '',
    endpoints: ENDPOINTS,
    listeningPost: 'Relationship',
    webhookIdProperty: 'payload.id',
    wrap: 'none',
    wires: [[], [], []],
  },
];

/** What a person does with the list. */
export function listOfLog(bench: () => LogBench): void {
  const tab = (): LogTab => bench().tab;
  const sendMany = async (name = 'many', count = MESSAGES): Promise<void> => {
    const url = `${bench().editor.nodeRed.url}/hooks/many`;
    for (let message = 0; message < count; message++) {
      const answer = await call(url, { body: { id: `msg_${name}_${message}` } });
      if (answer.status !== 200) throw new Error(answer.text);
    }
  };

  it('goes through a thousand rows in pages, newest first, without a row lost or twice', async () => {
    bench().receiver.answer(() => ({}));
    await sendMany();
    await tab().open({ anew: true });
    await tab().root.getByLabel('Status', { exact: true }).selectOption('Succeeded');
    await tab().rows.nth(49).waitFor();
    const seen = new Set<string>();
    const order: string[] = [];
    const older = tab().button('Show older');
    for (;;) {
      const ids = await tab().rows.evaluateAll((rows) =>
        rows.map((row) => row.getAttribute('data-id') ?? ''),
      );
      assert.ok(ids.length <= 500, `${ids.length} rows in the page`);
      for (const id of ids.filter((id) => !seen.has(id))) order.push(id);
      ids.forEach((id) => seen.add(id));
      if (!(await older.isVisible())) break;
      const last = ids.at(-1);
      await older.click();
      await tab()
        .rows.locator(`xpath=self::*[@data-id="${last}"]/following-sibling::*[1]`)
        .waitFor({ state: 'attached' });
    }
    const log = await bench().editor.nodeRed.deliveries({ status: 'Succeeded' });
    assert.ok(log.length >= 1000);
    assert.deepEqual(
      order,
      log.map(({ id }) => id),
    );
  });

  it('goes back to the newest with one press', async () => {
    await tab().button('Go to the newest').click();
    await tab().row('msg_many_99').first().waitFor();
    assert.ok((await tab().rows.count()) <= 60);
    await tab().root.getByLabel('Status', { exact: true }).selectOption('');
  });

  it('holds new rows back where somebody reads, and says how many', async () => {
    await tab().rows.nth(49).waitFor();
    await tab().scroll.evaluate((scroll) => scroll.scrollTo(0, 600));
    const read = tab().rows.nth(20);
    const place = (): Promise<number> => read.evaluate((row) => row.getBoundingClientRect().top);
    const before = await place();
    for (const id of ['msg_held_1', 'msg_held_2', 'msg_held_3']) await send(bench(), { id });
    const button = tab().button('3 new');
    await button.waitFor();
    // The button itself takes its room from the top of what scrolls.
    const height = (await button.boundingBox())?.height ?? 0;
    assert.ok(Math.abs((await place()) - before) <= height + 1);
    assert.equal(await tab().row('msg_held_3').count(), 0);
    await button.click();
    await tab().row('msg_held_3').waitFor();
    assert.equal(await tab().scroll.evaluate((scroll) => scroll.scrollTop), 0);
    assert.deepEqual((await tab().listed()).slice(0, 3), ['msg_held_3', 'msg_held_2', 'msg_held_1']);
  });

  it('narrows the log by a webhook id, an endpoint and a listening post', async () => {
    const { root } = tab();
    await root.getByRole('searchbox').fill('msg_many_7');
    await tab().row('msg_held_3').waitFor({ state: 'detached' });
    const ids = new Set(await tab().listed());
    assert.ok(
      [...ids].every((id) => id.startsWith('msg_many_7')),
      [...ids].join(),
    );
    await tab().button('More filters').click();
    await root.getByRole('combobox', { name: 'Endpoint' }).selectOption({ label: 'Many 3' });
    await tab().rows.nth(11).waitFor({ state: 'detached' });
    assert.equal(await tab().rows.count(), 11);
    await root.getByRole('combobox', { name: 'Listening post' }).selectOption({ label: 'Transactional' });
    await root.getByText('No delivery fits these filters.').waitFor();
    await tab().button('Clear all').click();
    await tab().row('msg_held_3').waitFor();
    await tab().button('More filters').click();
  });

  it('counts what it would resend, and resends it when told so', async () => {
    const { root } = tab();
    const before = bench().receiver.requests.length;
    await tab().button('Select').click();
    for (const id of ['msg_held_1', 'msg_held_3']) await tab().row(id).getByRole('checkbox').check();
    await root.getByText('2 selected').waitFor();
    const bar = root.getByRole('toolbar', { name: 'Select' });
    await bar.getByRole('button', { name: 'Resend' }).click();
    const question = root.getByRole('alertdialog');
    await question.getByText('Resend 2 deliveries now?').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'hidden' });
    assert.equal(bench().receiver.requests.length, before);
    await bar.getByRole('button', { name: 'Resend' }).click();
    await question.getByRole('button', { name: 'Resend' }).click();
    const requests = await bench().receiver.waitFor(before + 2);
    assert.deepEqual(
      requests
        .slice(before)
        .map(({ webhookId }) => webhookId)
        .toSorted(),
      ['msg_held_1', 'msg_held_3'],
    );
    await root.getByText("Being resent, at each endpoint's own pace: 2.").waitFor();
    await tab().row('msg_held_3').locator('.survey-hooks-log-cell-attempts', { hasText: '2' }).waitFor();
  });

  it('resends all that the filter leaves', async () => {
    const { root } = tab();
    await root.getByRole('searchbox').fill('msg_held');
    await tab().row('msg_many_99').first().waitFor({ state: 'detached' });
    const before = bench().receiver.requests.length;
    await tab().button('Resend all').click();
    const question = root.getByRole('alertdialog');
    await question.getByText('Resend 3 deliveries now?').waitFor();
    await question.getByRole('button', { name: 'Resend' }).click();
    await bench().receiver.waitFor(before + 3);
    await root.getByRole('searchbox').fill('');
    await tab().row('msg_many_99').first().waitFor();
  });

  it('saves what the filter leaves as a file', async () => {
    await tab().root.getByRole('searchbox').fill('msg_held');
    await tab().row('msg_many_99').first().waitFor({ state: 'detached' });
    const [download] = await Promise.all([
      bench().editor.page.waitForEvent('download'),
      tab().button('Export').click(),
    ]);
    assert.match(download.suggestedFilename(), /^webhook-log-[\dT-]+\.ndjson$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const lines = Buffer.concat(chunks).toString().trim().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { webhookId: string }).webhookId);
    assert.deepEqual(ids, ['msg_held_3', 'msg_held_2', 'msg_held_1']);
    await tab().root.getByRole('searchbox').fill('');
    await tab().row('msg_many_99').first().waitFor();
  });

  it('tells how the last day went', async () => {
    const day = tab().root.getByRole('region', { name: 'The last 24 hours' });
    await day.getByText(/^24 h: [\d,]{5,} succeeded, 0 failed, 0 in progress$/).waitFor();
    assert.ok((await day.getByRole('listitem').count()) >= 1);
  });

  it('is one stop of the Tab key, and goes from row to row by the arrows', async () => {
    const { page } = bench().editor;
    await tab().rows.first().getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = async (): Promise<string> =>
      page.evaluate<string>("document.activeElement.closest('tr')?.dataset.id ?? ''");
    assert.equal(await focused(), await tab().rows.nth(2).getAttribute('data-id'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(), '');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), await tab().rows.nth(2).getAttribute('data-id'));
  });

  it('has the seven columns of a webhook log and the endpoint, whatever its width', async () => {
    const columns = ['Listening post', 'Webhook ID', 'Endpoint', 'Last activity', 'Code'];
    for (const width of [180, 300, 600, 800]) {
      await tab().resize(width);
      const names = await tab().root.getByRole('columnheader').allTextContents();
      assert.deepEqual(names, [...columns, 'Last response', 'Attempts', 'Status']);
      assert.equal(await tab().rows.first().getByRole('cell').count(), 8);
      const isWider = await tab().root.evaluate((root) => {
        const scroll = root.querySelector('.survey-hooks-log-scroll');
        return root.scrollWidth > root.clientWidth || !scroll || scroll.scrollWidth > scroll.clientWidth;
      });
      assert.ok(!isWider, `It scrolls sideways at ${width} pixels.`);
    }
    await tab().resize(300);
  });

  it('stays as long as one page where nobody reads, however many come in', async () => {
    await tab().scroll.evaluate((scroll) => scroll.scrollTo(0, 0));
    await sendMany('flood', 12);
    await tab().row('msg_flood_11').nth(9).waitFor();
    assert.equal(await tab().rows.count(), 50);
    assert.equal(await tab().row('msg_many_99').count(), 0);
  });
}
