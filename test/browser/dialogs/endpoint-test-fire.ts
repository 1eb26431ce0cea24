import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import { inTurn, Receiver } from '../../support/receiver.ts';
import { endpoint } from './fixtures.ts';

export const testFireFlows = [
  endpoint('fired'),
  endpoint('fired-elsewhere', { auth: 'basic' }),
  endpoint('stopped'),
  endpoint('untried', { requireTestFire: true }),
  endpoint('unlit', { retry: 'none' }),
  endpoint('lit', { circuit: true }),
];
export const testFireCredentials = { 'fired-elsewhere': { username: 'hook', password: 'sesame' } };

const input = (name: string): string => `node-config-input-${name}`;

/** What a person sees of tests, and of what makes deliveries wait. */
export function endpointTestFire(editor: () => Editor): void {
  const openTab = (name: string): Promise<void> =>
    editor().page.locator(`[href="#webhook-endpoint-tab-${name}"]`).click();
  const result = () => editor().field('webhook-endpoint-test-result');
  const send = async (words: RegExp): Promise<string> => {
    await editor().field('webhook-endpoint-test-send').click();
    await result().getByText(words).waitFor();
    return (await result().textContent()) ?? '';
  };
  const circuit = (): Promise<boolean> => editor().field(input('circuit')).isChecked();
  const retry = (policy: string): Promise<unknown> => editor().field(input('retry')).selectOption(policy);

  it('sends a test of an endpoint that is not saved yet, and shows status, time and body as text', async () => {
    const receiver = await Receiver.start(
      inTurn({ status: 201, body: '<b id="evil">made</b>' }, { status: 503, body: '' }),
    );
    try {
      await editor().openNew('webhook-endpoint');
      await editor().type(input('url'), `${receiver.url}/unsaved`);
      await editor().type(input('auth'), 'bearer');
      await editor().type(input('token'), 'sesame-open');
      await openTab('test');
      assert.match(await send(/Succeeded/), /^Succeeded\. Status 201, [\d,.]+ ms\./);
      assert.equal(await result().locator('[data-field=body]').textContent(), '<b id="evil">made</b>');
      assert.equal(await editor().page.locator('#evil').count(), 0);
      const [request] = receiver.requests;
      assert.equal(request?.path, '/unsaved');
      assert.equal(request.headers.authorization, 'Bearer sesame-open');
      assert.equal(request.headers['x-survey-hooks-test'], 'true');

      await editor().field('webhook-endpoint-test-format').selectOption('slack');
      assert.match(await send(/Failed/), /^Failed\. Status 503, .*answered 503.*no body/);
      assert.ok(receiver.requests[1]?.body.toString().includes('"blocks"'));
      await editor().cancel();
      assert.deepEqual(editor().errors, []);
    } finally {
      await receiver.stop();
    }
  });

  it('says what is wrong where nothing answers, and where the settings cannot be used', async () => {
    await editor().open('fired');
    await openTab('test');
    assert.match(await send(/Failed/), /^Failed\. \S+ ms\..*No connection/);
    await editor().type(input('success'), 'often');
    assert.match(await send(/not valid/), /success/);
    await editor().cancel();
    editor().errors.length = 0;
  });

  it('uses no stored credentials for another address, and says what to do', async () => {
    await editor().open('fired-elsewhere');
    await openTab('test');
    const stored = await editor().value(input('password'));
    await editor().type(input('url'), 'http://127.0.0.1:10/x');
    // As somebody might do who wants the stored one to go there.
    await editor().type(input('password'), stored);
    assert.match(await send(/No test was sent/), /Deploy first/);
    await editor().cancel();
    editor().errors.length = 0;
  });

  it('names the sample that the address expects', async () => {
    const automatic = () => editor().field('webhook-endpoint-test-format').locator('option').first();
    await editor().open('fired');
    assert.equal(await automatic().textContent(), 'Automatic: CIOPulse');
    await editor().type(input('url'), 'https://acme.zendesk.com/api/v2/tickets/{{ticketId}}.json');
    assert.equal(await automatic().textContent(), 'Automatic: Zendesk comment');
    await editor().type(input('url'), 'https://hooks.slack.com/services/T/B/sesame');
    assert.equal(await automatic().textContent(), 'Automatic: Slack message');
    await editor().cancel();
  });

  it('pauses an endpoint with Standard Webhooks, unless a person has chosen otherwise', async () => {
    await editor().open('unlit');
    assert.equal(await circuit(), false);
    await openTab('retries');
    await retry('standard-webhooks');
    assert.equal(await circuit(), true);
    await retry('cio-pulse');
    assert.equal(await circuit(), false);
    await retry('standard-webhooks');
    await editor().field(input('circuit')).uncheck();
    await retry('none');
    await retry('standard-webhooks');
    assert.equal(await circuit(), false);
    await editor().done();
    assert.equal((await editor().node('unlit')).circuit, false);

    await editor().open('lit');
    await openTab('retries');
    await retry('standard-webhooks');
    await retry('none');
    assert.equal(await circuit(), true);
    await editor().cancel();
  });

  it('keeps that deliveries wait for a test', async () => {
    const hint = editor().page.locator('[data-when="requireTestFire=true"]');
    await editor().open('fired');
    await openTab('test');
    assert.equal(await hint.isVisible(), false);
    await editor().field(input('requireTestFire')).check();
    assert.equal(await hint.isVisible(), true);
    await editor().done();
    assert.equal((await editor().node('fired')).requireTestFire, true);
  });

  it('says why deliveries wait at run time, and lets them go on', async () => {
    const notice = editor().field('webhook-endpoint-state');
    const answer = await editor().nodeRed.admin('survey-hooks/endpoints/stopped/disable', {
      method: 'POST',
      headers: { 'X-Survey-Hooks': '1' },
    });
    assert.equal(answer.status, 200);
    await editor().open('stopped');
    await notice.getByText('disabled by a person').waitFor();
    await notice.getByRole('button', { name: 'Enable' }).click();
    await notice.waitFor({ state: 'hidden' });
    await editor().cancel();
    const rows = (await editor().nodeRed.admin('survey-hooks/endpoints')).json() as {
      id: string;
      enabled: boolean;
    }[];
    assert.equal(rows.find(({ id }) => id === 'stopped')?.enabled, true);
  });

  it('says that deliveries wait for a test until one of what is deployed has succeeded', async () => {
    const notice = editor().field('webhook-endpoint-state');
    const receiver = await Receiver.start();
    try {
      await editor().open('untried');
      await editor().type(input('url'), `${receiver.url}/tried`);
      await editor().done();
      await editor().deploy();
      await editor().open('untried');
      await notice.getByText('wait until a test').waitFor();
      assert.equal(await notice.getByRole('button').isVisible(), false);
      await openTab('test');
      await send(/Succeeded/);
      await notice.waitFor({ state: 'hidden' });
      await editor().cancel();
      assert.deepEqual(editor().errors, []);
    } finally {
      await receiver.stop();
    }
  });
}
