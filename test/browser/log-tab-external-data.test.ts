import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { LogTab } from '../support/log-tab.ts';
import { externalFlows } from './log-tab/external-flows.ts';
import { sendTo } from './log-tab/hook-flows.ts';

const HOSTILE = "<script>window.attacked = true</script><img src=x onerror='window.attacked = true'>";

describe('External data in the tab of the webhook log', function () {
  this.timeout(90_000);
  let editor: Editor;
  let tab: LogTab;

  const open = async (): Promise<void> => {
    await tab.open();
    await tab.root.getByRole('tab', { name: 'External data' }).click();
  };
  before(async () => {
    editor = await Editor.start({ flows: externalFlows });
    tab = new LogTab(editor);
    await open();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await editor.page.unrouteAll();
    await editor.recover();
    await open();
  });
  after(async () => {
    await editor.stop();
  });

  const cards = () => tab.root.locator('li.survey-hooks-log-subject');
  const card = (subject: string) =>
    cards().filter({ has: editor.page.getByRole('heading', { name: subject, exact: true }) });
  const group = () => tab.root.getByRole('combobox', { name: 'Group' });
  const search = () => tab.root.getByRole('searchbox', { name: 'Subject id' });
  const keep = async (hook: string, values: object): Promise<void> =>
    assert.equal(await sendTo(editor.nodeRed, hook, values), 200);

  it('says that nothing was kept yet', async () => {
    await tab.root.getByText('No group has kept anything yet').waitFor();
    assert.deepEqual(await group().locator('option').allTextContents(), ['Every group', 'CRM', 'Helpdesk']);
  });

  it('shows the favorites of a subject by their types, and the rest when it is unfolded', async () => {
    const due = new Date(Date.now() - 3 * 3_600_000 - 60_000).toISOString();
    await keep('to-helpdesk', { id: 'T-1', summary: HOSTILE, number: 4711, due, solved: true });
    await keep('to-crm', { id: 'ada', plan: 'Gold' });
    await tab.button('Refresh').click();
    await card('Ticket T-1').waitFor();
    const seen = (await card('Ticket T-1').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(seen, /Helpdesk .* Due 3 hr?\. ago Number 4711 2 more$/);
    assert.equal(
      await card('Ticket T-1').locator('dd time').getAttribute('title'),
      `${due.slice(0, 19).replace('T', ' ')} GMT`,
    );
    await card('Ticket T-1').locator('summary').click();
    const all = (await card('Ticket T-1').innerText()).replaceAll(/\s+/g, ' ');
    assert.ok(all.includes(HOSTILE) && all.includes('Solved yes'), all);
    assert.equal(await editor.page.evaluate('window.attacked'), undefined);
    assert.match((await card('User ada').innerText()).replaceAll(/\s+/g, ' '), /CRM .* Plan Gold$/);
  });

  it('narrows to a group, and to one subject by its whole id', async () => {
    await card('User ada').waitFor();
    await group().selectOption('CRM');
    await card('Ticket T-1').waitFor({ state: 'hidden' });
    assert.equal(await cards().count(), 1);
    await search().fill('T-1');
    await tab.root.getByText('Nothing is kept of this subject.').waitFor();
    await group().selectOption('Every group');
    await card('Ticket T-1').waitFor();
    assert.equal(await cards().count(), 1);
    await search().fill('');
    await card('User ada').waitFor();
  });

  it('goes on page by page, and keeps what is unfolded when it is read anew', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        keep('to-helpdesk', { id: `P-${100 + index}`, number: index }),
      ),
    );
    await tab.button('Refresh').click();
    await card('Ticket P-100').waitFor();
    assert.equal(await cards().count(), 50);
    await tab.button('Show more').click();
    await card('Ticket T-1').waitFor();
    assert.equal(await cards().count(), 62);
    await card('Ticket T-1').locator('summary').click();
    await keep('to-helpdesk', { id: 'T-1', number: 4712 });
    await tab.button('Refresh').click();
    await card('Ticket T-1').getByText('4712').waitFor();
    assert.equal(await cards().count(), 62);
    assert.equal(await card('Ticket T-1').locator('details').getAttribute('open'), '');
  });

  it('says which permission it needs', async () => {
    await editor.page.route('**/survey-hooks/external-data?*', (route) =>
      route.fulfill({ status: 403, json: {} }),
    );
    await tab.button('Refresh').click();
    await tab.root.getByText('that needs the permission survey-hooks.payload').waitFor();
    assert.equal(await cards().count(), 0);
    await editor.page.unrouteAll();
    await tab.button('Try again').click();
    await card('User ada').waitFor();
    assert.equal(editor.errors.filter((error) => !error.includes('403')).length, 0, editor.errors.join('\n'));
  });
});
