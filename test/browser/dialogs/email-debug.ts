import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { htmlMail } from '../../support/mails.ts';
import type { FlowNode } from '../../support/node-red.ts';
import { SmtpClient } from '../../support/smtp-client.ts';
import { emailHook, listener } from './email-dialogs.ts';

/** They are sent to, so their listener needs a port that is known. */
export const emailDebugFlows = (port: number): FlowNode[] => [
  listener('watched-listener', { port, maxSize: '10kb' }),
  emailHook('watched-mails', { listener: 'watched-listener', debug: true }),
  emailHook('parked-mails', { listener: 'watched-listener' }),
];

/** What a person sees of the mails to an email hook, and of those that are parked. */
export function emailDebug(editor: () => Editor): void {
  const entries = () => editor().page.locator('#email-hook-in-interactions details');
  const note = () => editor().field('email-hook-in-debug-note');
  const openDebug = async (id: string): Promise<void> => {
    await editor().open(id);
    await editor().page.locator('[href="#email-hook-in-tab-debug"]').click();
  };
  const send = async (mail: string | Buffer): Promise<string | undefined> => {
    const { port } = await editor().node('watched-listener');
    const client = await SmtpClient.ready(Number(port));
    try {
      return (await client.send(['watched-mails@hooks.example.com'], mail)).at(-1);
    } finally {
      client.close();
    }
  };

  it('shows mails as they come, in text, and the refused ones with the reason', async () => {
    const hostile = "<img src=x onerror='window.attacked = true'>";
    await openDebug('watched-mails');
    await note().filter({ hasText: 'No mail yet' }).waitFor();
    assert.match((await send(htmlMail(hostile))) ?? '', /^250 /);
    await entries().first().waitFor();
    await entries().first().locator('summary').click();
    const text = await entries().first().innerText();
    assert.match(text, /^\S.* accepted\s+250\s+EMAIL watched-mails@hooks\.example\.com/);
    assert.ok(text.includes('Subject: Order') && text.includes(hostile), text);
    assert.match((await send(htmlMail('x'.repeat(20_000)))) ?? '', /^552 /);
    await entries().nth(1).waitFor();
    assert.match(await entries().first().innerText(), /refused\s+552\s/);
    assert.equal(await editor().page.evaluate('window.attacked'), undefined);
    await editor().cancel();
  });

  it('says why there is nothing to see', async () => {
    await openDebug('parked-mails');
    await note().filter({ hasText: 'Nothing is recorded' }).waitFor();
    await editor().cancel();
    await openDebug(await editor().add('email-hook-in'));
    await note().filter({ hasText: 'This hook does not run' }).waitFor();
    await editor().cancel();
  });

  it('asks before it runs or drops parked mails', async () => {
    let parked = 2;
    const sent: unknown[] = [];
    await editor().page.route('**/survey-hooks/hooks', (route) =>
      route.fulfill({ json: [{ id: 'parked-mails', debug: false, parked }] }),
    );
    await editor().page.route('**/survey-hooks/hooks/parked-mails/parked', async (route) => {
      sent.push(route.request().postDataJSON());
      parked = 0;
      await route.fulfill({ json: { count: 2 } });
    });
    await openDebug('parked-mails');
    const row = editor().field('email-hook-in-parked');
    await row.waitFor();
    assert.match(await row.innerText(), /Parked mails: 2\./);
    await editor().field('email-hook-in-run-parked').click();
    assert.match(await row.innerText(), /Send 2 parked mails/);
    await editor().field('email-hook-in-parked-no').click();
    assert.deepEqual(sent, []);
    await editor().field('email-hook-in-drop-parked').click();
    await editor().field('email-hook-in-parked-yes').click();
    await row.waitFor({ state: 'hidden' });
    assert.deepEqual(sent, [{ action: 'drop' }]);
    await editor().page.unrouteAll();
    await editor().cancel();
  });
}
