import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { hookFlows, sendTo } from './log-tab/hook-flows.ts';

describe('The hooks in the tab of the webhook log', function () {
  this.timeout(90_000);
  let editor: Editor;
  let tab: LogTab;

  before(async () => {
    editor = await Editor.start({ flows: hookFlows });
    tab = new LogTab(editor);
    await tab.open();
    await tab.root.getByRole('tab', { name: 'Hooks' }).click();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await editor.recover();
    await tab.open();
    await tab.root.getByRole('tab', { name: 'Hooks' }).click();
  });
  after(async () => {
    await editor.stop();
  });

  const card = (name: string) =>
    tab.root
      .locator('li.survey-hooks-log-hook')
      .filter({ has: editor.page.getByRole('heading', { name, exact: true }) });
  const requests = (name: string) => card(name).locator('details.survey-hooks-interaction');
  const toggle = (name: string, label: string) => card(name).getByRole('switch', { name: label });
  const openRequests = async (name: string): Promise<void> => {
    const fold = card(name).locator('details.survey-hooks-log-hook-requests');
    if ((await fold.getAttribute('open')) === null) await fold.locator('> summary').click();
  };
  const rowsOfMapping = (): Promise<(readonly [string, string, string])[]> =>
    editor.page.locator('#inbound-mapping-fields li').evaluateAll((rows) =>
      rows.map((row) => {
        const value = (name: string): string =>
          row.querySelector<HTMLInputElement>(`[data-field=${name}]`)?.value ?? '';
        return [value('field'), value('property'), value('type')] as const;
      }),
    );

  it('are listed by name, with kind, whole address and counts', async () => {
    await card('Shop').waitFor();
    const names = await tab.root.locator('li.survey-hooks-log-hook h3').allTextContents();
    assert.deepEqual(names, ['Answers', 'Contact form', 'Shop']);
    const text = await card('Shop').innerText();
    for (const part of [
      'Webhook',
      'The web shop sends customers here.',
      'POST, PUT',
      '0 received, 0 refused',
    ])
      assert.ok(text.includes(part), text);
    assert.equal(
      await card('Shop').locator('code').first().textContent(),
      `${editor.nodeRed.url}/hooks/shop`,
    );
    assert.match(await card('Contact form').innerText(), /Form/);
  });

  it('count what comes in as it comes', async () => {
    assert.equal(await sendTo(editor.nodeRed, 'contact-form', { Email: 'a@b.co' }), 200);
    await card('Contact form').getByText('1 received, 0 refused').waitFor();
    const time = card('Contact form').locator('time');
    assert.match((await time.getAttribute('title')) ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT$/);
  });

  it('answer 404 while they are switched off', async () => {
    await toggle('Contact form', 'Active').uncheck();
    await card('Contact form').getByText('Off until the hook starts again').waitFor();
    assert.equal(await sendTo(editor.nodeRed, 'contact-form', {}), 404);
    await card('Contact form').getByText('1 received, 1 refused').waitFor();
    await toggle('Contact form', 'Active').check();
    await card('Contact form').getByText('Off until the hook starts again').waitFor({ state: 'hidden' });
    assert.equal(await sendTo(editor.nodeRed, 'contact-form', {}), 200);
  });

  it('show requests once debug is on, as text whatever is in them', async () => {
    await openRequests('Shop');
    await card('Shop').getByText('Nothing is recorded').waitFor();
    await toggle('Shop', 'Debug').check();
    await card('Shop').getByText('No request yet').waitFor();
    const hostile = "<script>window.attacked = true</script><img src=x onerror='window.attacked = true'>";
    await sendTo(editor.nodeRed, 'shop', {
      Email: 'ada@example.com',
      'first-name': hostile,
      tier: 'gold',
      'Order Count': 3,
      address: { city: 'Turin' },
    });
    await requests('Shop').first().locator('summary').click();
    const text = await requests('Shop').first().innerText();
    assert.ok(text.includes('accepted') && text.includes(hostile), text);
    assert.equal(await editor.page.evaluate('window.attacked'), undefined);
  });

  it('leave an open request and its focus alone when others come', async () => {
    const summary = requests('Shop').first().locator('summary');
    await summary.focus();
    await sendTo(editor.nodeRed, 'shop', []);
    await requests('Shop').nth(1).waitFor();
    assert.deepEqual(
      await requests('Shop').evaluateAll((all) => all.map((entry) => (entry as HTMLDetailsElement).open)),
      [false, true],
    );
    assert.equal(
      await requests('Shop')
        .nth(1)
        .locator('summary')
        .evaluate((element) => element === document.activeElement),
      true,
    );
    await requests('Shop').first().locator('summary').click();
    await requests('Shop').first().getByText('No example: the body is no object with fields.').waitFor();
  });

  it('hand a request to the mapping that their flow leads to, which saves nothing by itself', async () => {
    const request = requests('Shop').nth(1);
    await request.getByRole('button', { name: 'Use as example' }).click();
    const groups = await request
      .locator('optgroup')
      .evaluateAll((all) =>
        all.map((group) => [
          group.getAttribute('label'),
          ...Array.from(group.children, (one) => one.textContent),
        ]),
      );
    assert.deepEqual(groups, [
      ["This hook's flow leads to", 'Customers (inbound-mapping)'],
      ['Others', 'Any survey (survey-response)'],
    ]);
    await editor.opening(() => request.getByRole('button', { name: 'Open and fill in' }).click());
    assert.deepEqual(await rowsOfMapping(), [
      ['Tier', 'tier', 'string'],
      ['first-name', 'firstName', ''],
      ['Order Count', 'orderCount', 'integer'],
    ]);
    assert.match((await editor.field('inbound-mapping-filled').textContent()) ?? '', /^Rows added .*: 2\./);
    await editor.cancel();
    assert.equal(((await editor.node('customers'))['fields'] as unknown[]).length, 1);
  });

  it('hand a request to the open dialog of its mapping, and to no dialog below another', async () => {
    const request = requests('Shop').nth(1);
    await editor.open('customers');
    await request.getByRole('button', { name: 'Open and fill in' }).click();
    await editor.page.locator('#inbound-mapping-fields li').nth(2).waitFor();
    await request.locator('select').selectOption('response');
    await request.getByRole('button', { name: 'Open and fill in' }).click();
    await request.getByText('Close the dialog that is open first.').waitFor();
    await editor.cancel();
  });

  it('fill the values of a survey response, and keep those that are there', async () => {
    await sendTo(editor.nodeRed, 'answers', {
      mark: 9,
      score: 9,
      customer: { email: 'a@b.co' },
      comment: 'Fine',
    });
    await openRequests('Answers');
    await requests('Answers').first().locator('summary').click();
    await requests('Answers').first().getByRole('button', { name: 'Use as example' }).click();
    await editor.opening(() =>
      requests('Answers').first().getByRole('button', { name: 'Open and fill in' }).click(),
    );
    await editor.done();
    assert.deepEqual((await editor.node('response'))['map'], [
      { property: 'score', value: 'payload.mark', valueType: 'msg' },
      { property: 'comment', value: 'payload.comment', valueType: 'msg' },
      { property: 'respondent.email', value: 'payload.customer.email', valueType: 'msg' },
    ]);
  });

  it('give their last request to the dialog of a mapping that asks for it', async () => {
    await sendTo(editor.nodeRed, 'shop', { 'Shoe Size': 43 });
    await editor.open('customers');
    await editor.field('inbound-mapping-last-request').click();
    await editor.field('inbound-mapping-filled').filter({ hasText: 'The last request, to Shop:' }).waitFor();
    assert.deepEqual((await rowsOfMapping()).at(-1), ['Shoe Size', 'shoeSize', 'integer']);
    await editor.cancel();
  });

  it('are shown on their canvas', async () => {
    await card('Shop').getByRole('button', { name: 'Show on canvas' }).click();
    await editor.page
      .locator('#shop.red-ui-flow-node-highlighted, #shop .red-ui-flow-node-highlighted')
      .waitFor();
  });

  it('ask before parked events are dropped', async () => {
    let parked = 2;
    const sent: unknown[] = [];
    await editor.page.route('**/survey-hooks/hooks', async (route) => {
      const answer = await route.fetch();
      const rows = (await answer.json()) as { id: string }[];
      await route.fulfill({ json: rows.map((row) => (row.id === 'shop' ? { ...row, parked } : row)) });
    });
    await editor.page.route('**/survey-hooks/hooks/shop/parked', async (route) => {
      sent.push(route.request().postDataJSON());
      parked = 0;
      await route.fulfill({ json: { count: 2 } });
    });
    await sendTo(editor.nodeRed, 'shop', {});
    await card('Shop').getByText('Parked events: 2.').waitFor();
    await card('Shop').getByRole('button', { name: 'Drop' }).click();
    await card('Shop').getByText('Delete 2 parked events?').waitFor();
    await card('Shop').getByRole('button', { name: 'No' }).click();
    assert.deepEqual(sent, []);
    await card('Shop').getByRole('button', { name: 'Drop' }).click();
    await card('Shop').getByRole('button', { name: 'Yes' }).click();
    await card('Shop').getByText('Parked events: ').waitFor({ state: 'hidden' });
    assert.deepEqual(sent, [{ action: 'drop' }]);
    await editor.page.unrouteAll();
  });

  it('are there without an error on the page', () => {
    assert.deepEqual(editor.errors, []);
  });
});

describe('The hooks of a user who may only read', function () {
  this.timeout(90_000);
  let editor: Editor;
  let tab: LogTab;

  before(async () => {
    editor = await Editor.start({ flows: hookFlows, user: 'reader' });
    tab = new LogTab(editor);
    await tab.open();
    await tab.root.getByRole('tab', { name: 'Hooks' }).click();
  });
  after(async () => {
    await editor.stop();
  });

  const card = (name: string) =>
    tab.root
      .locator('li.survey-hooks-log-hook')
      .filter({ has: editor.page.getByRole('heading', { name, exact: true }) });

  it('stay as they are, with the permission that is missing', async () => {
    await card('Shop').getByRole('switch', { name: 'Active' }).click();
    await card('Shop').getByText('that needs the permission survey-hooks.write').waitFor();
    await card('Shop').locator('[role=switch][aria-checked=true]').waitFor();
    assert.equal(await sendTo(editor.nodeRed, 'shop', {}), 200);
  });

  it('show no request, and no external data', async () => {
    await card('Answers').locator('details.survey-hooks-log-hook-requests > summary').click();
    await card('Answers').getByText('that needs the permission survey-hooks.payload').waitFor();
    await tab.root.getByRole('tab', { name: 'External data' }).click();
    await tab.root.getByText('You may not see external data').waitFor();
  });
});
