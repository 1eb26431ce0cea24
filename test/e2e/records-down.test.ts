import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { credentialsFor, exampleLogin, readExamples, readyToRun } from '../support/examples.ts';
import { call } from '../support/http.ts';
import { inviteFlow } from '../support/invite-flow.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

describe('Records while the store is down', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;

  beforeEach(async () => {
    receiver = await Receiver.start(() => ({ body: 'ok' }));
    userDir = await makeUserDir();
  });
  afterEach(async () => {
    await nodeRed.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  /** SQLite goes on with a file that is moved away; the store does not. */
  async function whileDown(work: () => Promise<void>): Promise<void> {
    const file = path.join(userDir, 'survey-hooks.db');
    await rename(file, `${file}-away`);
    await work();
    await rename(`${file}-away`, file);
  }

  it('are stored later, where their hook has said that it keeps the event', async () => {
    nodeRed = await NodeRed.start({ userDir, flows: inviteFlow(receiver.url, { fromMs: 500, toMs: 500 }) });
    const sent = await call(`${nodeRed.url}/hooks/invite`, { body: { Email: 'kept@example.org' } });
    assert.equal(sent.status, 200);
    await whileDown(() =>
      until(() => nodeRed.errors.some((line) => line.includes('record-upsert')), {
        timeoutMs: 10_000,
        what: () => `the record to fail:\n${nodeRed.output}`,
      }),
    );
    await until(() => receiver.requests.length > 0, {
      timeoutMs: 20_000,
      what: () => `the event to go into the flow again:\n${nodeRed.output}`,
    });
    await nodeRed.waitForDeliveries(1);
    const [request, ...more] = receiver.requests;
    assert.deepEqual(more, []);
    assert.deepEqual(JSON.parse(String(request?.body)), {
      id: request?.webhookId,
      email: 'kept@example.org',
    });
  });

  it('are refused with 503 by the example that answers from the flow', async () => {
    const example = (await readExamples()).find(({ file }) => file.startsWith('18 '));
    const flows = readyToRun(example?.nodes ?? [], receiver.url);
    nodeRed = await NodeRed.start({ userDir, flows, credentials: credentialsFor(flows) });
    const send = (hook: string, body: object) =>
      call(`${nodeRed.url}/hooks/crm/${hook}`, { body, basic: exampleLogin });
    const account = { 'Account Name': 'Example Ltd' };
    const contact = { Email: 'jane@example.org', ...account };
    assert.equal((await send('accounts', { 'Account Name': 'Opened Ltd' })).status, 200);
    await whileDown(async () => {
      for (const answer of [await send('accounts', account), await send('invitations', contact)]) {
        assert.equal(answer.status, 503, answer.text);
        assert.equal(answer.headers.get('retry-after'), '60');
        assert.match(answer.text, /"code":"unavailable"/);
      }
      assert.equal((await send('contacts', { Email: 'nobody' })).status, 422, 'nothing to come again with');
    });
    const stored = await send('invitations', contact);
    assert.match(stored.text, /"outcome":"created"/, 'nothing was kept of what was refused');
    assert.match((await send('accounts', account)).text, /"outcome":"updated"/);
  });
});
