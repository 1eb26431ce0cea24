import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { Credentials } from '../../support/node-red.ts';
import { hook } from './fixtures.ts';
import { openHookTab } from './hook-dialog.ts';

export const hookDebugFlows = [
  hook('watched-hook', { debug: true, auth: 'none' }),
  hook('unwatched-hook'),
  hook('parked-hook', { auth: 'none' }),
];
export const hookDebugCredentials: Credentials = {
  'unwatched-hook': { username: 'hook-user', password: 'sesame' },
};

/** What a person sees of the requests to an inbound hook, and of its parked events. */
export function hookDebug(editor: () => Editor): void {
  const entries = () => editor().page.locator('#inbound-hook-in-interactions details');
  const note = () => editor().field('inbound-hook-in-debug-note');
  const send = (body: string): Promise<Response> =>
    fetch(`${editor().nodeRed.url}/hooks/watched-hook`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });

  it('shows requests as they come, in text, and leaves open what is open', async () => {
    const hostile = '{"comment":"<img src=x onerror=\'window.attacked = true\'>"}';
    await editor().open('watched-hook');
    await openHookTab(editor(), 'debug');
    await note().filter({ hasText: 'No request yet' }).waitFor();
    await send(hostile);
    await entries().first().waitFor();
    await entries().first().locator('summary').click();
    const text = await entries().first().innerText();
    assert.ok(text.includes('accepted') && text.includes(hostile), text);
    assert.equal((await send('{')).status, 400);
    await entries().nth(1).waitFor();
    assert.match(await entries().first().innerText(), /refused\s+400\s+POST \/hooks\/watched-hook/);
    assert.deepEqual(
      await entries().evaluateAll((all) => all.map((entry) => (entry as HTMLDetailsElement).open)),
      [false, true],
    );
    assert.equal(await editor().page.evaluate('window.attacked'), undefined);
    await editor().cancel();
  });

  it('says why there is nothing to see', async () => {
    await editor().open('unwatched-hook');
    await openHookTab(editor(), 'debug');
    await note().filter({ hasText: 'Nothing is recorded' }).waitFor();
    await editor().cancel();
    const id = await editor().add('inbound-hook-in');
    await editor().open(id);
    await openHookTab(editor(), 'debug');
    await note().filter({ hasText: 'This hook does not run' }).waitFor();
    await editor().cancel();
  });

  it('asks before it runs or drops parked events', async () => {
    let parked = 2;
    const sent: unknown[] = [];
    await editor().page.route('**/survey-hooks/hooks', (route) =>
      route.fulfill({ json: [{ id: 'parked-hook', debug: false, parked }] }),
    );
    await editor().page.route('**/survey-hooks/hooks/parked-hook/parked', async (route) => {
      sent.push(route.request().postDataJSON());
      parked = 0;
      await route.fulfill({ json: { count: 2 } });
    });
    await editor().open('parked-hook');
    await openHookTab(editor(), 'debug');
    const row = editor().field('inbound-hook-in-parked');
    await row.waitFor();
    assert.match(await row.innerText(), /Parked events: 2\./);
    await editor().field('inbound-hook-in-drop-parked').click();
    assert.match(await row.innerText(), /Delete 2 parked events\?/);
    await editor().field('inbound-hook-in-parked-no').click();
    assert.deepEqual(sent, []);
    await editor().field('inbound-hook-in-run-parked').click();
    await editor().field('inbound-hook-in-parked-yes').click();
    await row.waitFor({ state: 'hidden' });
    assert.deepEqual(sent, [{ action: 'run' }]);
    await editor().page.unrouteAll();
    await editor().cancel();
  });
}
