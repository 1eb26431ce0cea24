import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { endpoint, format, outNode } from './fixtures.ts';

const wired = (id: string, ...targets: string[]): FlowNode => ({
  ...format(id, { format: 'freshdesk-ticket' }),
  wires: [targets],
});
const change = (id: string, ...targets: string[]): FlowNode => ({
  id,
  type: 'change',
  z: 'tab',
  name: '',
  x: 500,
  y: 200,
  rules: [],
  wires: [targets],
});

/** `far` is reached through a loop of change nodes; `hidden` lies behind another format node, `later` behind an out node. */
export const formatEndpointFlows = [
  wired('f-near', 'f-out-near'),
  wired('f-far', 'f-change-1'),
  change('f-change-1', 'f-change-2', 'f-between'),
  change('f-change-2', 'f-change-1', 'f-out-far'),
  wired('f-between', 'f-out-hidden'),
  outNode('f-out-near', ['f-exact', 'f-any', 'f-listed']),
  { ...outNode('f-out-far', ['f-far-exact']), wires: [['f-out-later'], [], []] },
  outNode('f-out-hidden', ['f-hidden']),
  outNode('f-out-later', ['f-later']),
  endpoint('f-exact', { success: '200' }),
  endpoint('f-any', { success: '2xx' }),
  endpoint('f-listed', { success: '200,204', name: '<b>Listed</b>' }),
  endpoint('f-far-exact', { success: '200' }),
  endpoint('f-hidden', { success: '200' }),
  endpoint('f-later', { success: '200' }),
];

/** What a person sees of the endpoints that a format goes to. */
export function formatEndpoints(editor: () => Editor): void {
  const offers = (): Locator => editor().page.locator('#payload-format-offers [data-offer]');
  const offer = (label: string): Locator => offers().filter({ hasText: label });
  const press = (label: string): Promise<void> => offer(label).getByRole('button').click();
  const texts = async (): Promise<string[]> => (await offers().allTextContents()).map((text) => text.trim());
  const endpointSettings = async (id: string) => {
    const { success, method } = await editor().node(id);
    return { success, method };
  };
  const isChanged = (id: string): Promise<boolean> =>
    editor().page.evaluate<boolean>(`RED.nodes.node('${id}').changed === true`);
  const choose = (id: string): Promise<unknown> => editor().field('node-input-format').selectOption(id);

  beforeEach(() => editor().load());

  it('warns of each endpoint that takes the answer of the target for a failure, by name', async () => {
    await editor().open('f-near');
    const [exact = '', listed = '', ...others] = await texts();
    assert.deepEqual(others, []);
    assert.match(exact, /^Endpoint f-exact counts only 200 as success, and Freshdesk answers 201/);
    assert.match(exact, /Each retry would make another ticket\..*Use any 2xx$/);
    assert.match(listed, /^<b>Listed<\/b> counts only 200,204/);
    await editor().cancel();
  });

  it('follows the wires to the first out node, and not past another format', async () => {
    await editor().open('f-far');
    const shown = await texts();
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /^Endpoint f-far-exact/);
    await editor().cancel();
  });

  it('warns as the chosen format needs it', async () => {
    await editor().open('f-near');
    const expected = { slack: 0, 'cio-pulse': 0, template: 0, 'zendesk-ticket': 2, teams: 2 };
    for (const [id, count] of Object.entries(expected)) {
      await choose(id);
      assert.equal((await texts()).length, count, id);
    }
    await choose('zendesk-comment');
    const shown = await texts();
    assert.equal(shown.length, 3);
    for (const text of shown)
      assert.match(text, /sends with POST, and Zendesk takes this with PUT.*Use PUT$/);
    await editor().cancel();
  });

  it('changes the endpoint with Done, and undoes both in one step', async () => {
    await editor().open('f-near');
    await editor().type('node-input-name', 'Ticket');
    await press('Endpoint f-exact');
    assert.match((await texts())[0] ?? '', /will count any 2xx as success once you press Done/);
    assert.equal((await endpointSettings('f-exact')).success, '200');
    await editor().done();
    assert.equal((await endpointSettings('f-exact')).success, '2xx');
    assert.equal((await endpointSettings('f-listed')).success, '200,204');
    assert.equal(await isChanged('f-exact'), true);
    await editor().page.evaluate('RED.history.pop()');
    assert.equal((await endpointSettings('f-exact')).success, '200');
    assert.equal((await editor().node('f-near')).name, '');
    assert.equal(await isChanged('f-exact'), false);
    assert.equal(await editor().page.evaluate('RED.nodes.dirty()'), false);
  });

  it('changes the endpoint also where nothing else was changed, and Deploy takes it over', async () => {
    // The first Done fills in the options that the fixture lacks.
    await editor().open('f-far');
    await editor().done();
    await editor().deploy();
    await editor().open('f-far');
    await press('Endpoint f-far-exact');
    await editor().done();
    await editor().deploy();
    assert.equal((await editor().deployed('f-far-exact')).success, '2xx');
    await editor().open('f-far');
    assert.deepEqual(await texts(), []);
    await editor().cancel();
  });

  it('changes method and success of an endpoint together, as one step', async () => {
    await editor().open('f-near');
    await editor().page.evaluate("RED.nodes.node('f-exact').success = '204'");
    await choose('zendesk-comment');
    assert.equal(await offer('Endpoint f-exact').count(), 2);
    await offer('Endpoint f-exact').getByRole('button').first().click();
    await offer('Endpoint f-exact').getByRole('button').last().click();
    await editor().done();
    assert.deepEqual(await endpointSettings('f-exact'), { success: '2xx', method: 'PUT' });
    await editor().page.evaluate('RED.history.pop()');
    assert.deepEqual(await endpointSettings('f-exact'), { success: '204', method: 'POST' });
  });

  it('leaves the endpoint with Cancel, when it is let be again, and when another format is chosen', async () => {
    await editor().open('f-near');
    await press('Endpoint f-exact');
    await editor().cancel();
    assert.equal((await endpointSettings('f-exact')).success, '200');
    assert.equal(await editor().page.evaluate('RED.nodes.dirty()'), false);

    await editor().open('f-near');
    await press('Endpoint f-exact');
    await press('Endpoint f-exact');
    assert.match((await texts())[0] ?? '', /counts only 200/);
    await press('Listed');
    await choose('slack');
    await editor().done();
    assert.equal((await endpointSettings('f-exact')).success, '200');
    assert.equal((await endpointSettings('f-listed')).success, '200,204');
  });
}
