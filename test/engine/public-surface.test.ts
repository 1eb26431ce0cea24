import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DeliveryEngine,
  encodeContent,
  EndpointDirectory,
  GroupDirectory,
  nameIdentifier,
  textKey,
  newWebhookId,
  openStore,
  outcomeMessage,
  parseEndpoint,
  parseSigningSecret,
  SigningSecretDirectory,
  silentLogger,
  systemClock,
  systemRandom,
  UndiciTransport,
  type OutcomeMessage,
  type RecordChange,
} from '../../src/index.ts';
import { inTurn, Receiver } from '../support/receiver.ts';

describe('The product without Node-RED', () => {
  it('delivers an event with what its index exports', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    const receiver = await Receiver.start(inTurn({ status: 201, body: '{"ticket":7}' }));
    const parts = { clock: systemClock, random: systemRandom, logger: silentLogger };
    const store = await openStore({ backend: 'sqlite', file: path.join(folder, 'hooks.db'), ...parts });
    const transport = new UndiciTransport(systemClock);
    const secrets = new SigningSecretDirectory();
    secrets.set(parseSigningSecret({ id: 'ours', scheme: 'github', credentials: { secret: 'sesame' } }));
    const endpoints = new EndpointDirectory(secrets);
    endpoints.set(parseEndpoint({ id: 'helpdesk', url: receiver.url, signing: 'ours' }));
    const engine = new DeliveryEngine({
      store: store.deliveries,
      states: store.endpointStates,
      transport,
      endpoints,
      externalData: store.externalData,
      groups: new GroupDirectory(),
      ...parts,
    });
    try {
      await engine.start();
      const outcome = new Promise<OutcomeMessage>((resolve) => {
        engine.register('me', (report) => resolve(outcomeMessage(report).message));
      });
      engine.openReports();
      const content = encodeContent({ score: 9 }, 'json');
      await engine.accept({
        nodeId: 'me',
        webhookId: newWebhookId(),
        listeningPost: 'Transactional',
        endpointIds: ['helpdesk'],
        content: () => content,
      });
      const { payload, delivery } = await outcome;
      assert.deepEqual(payload, { ticket: 7 });
      assert.equal(delivery.status, 'Succeeded');
      const request = receiver.requests[0]!;
      assert.equal(request.body.toString(), '{"score":9}');
      const signature = createHmac('sha256', 'sesame').update(request.body).digest('hex');
      assert.equal(request.headers['x-hub-signature-256'], `sha256=${signature}`);
    } finally {
      await engine.stop();
      await Promise.all([transport.close(), store.close(), receiver.stop()]);
      await rm(folder, { recursive: true });
    }
  });

  it('keeps records with what its index exports', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    const file = path.join(folder, 'hooks.db');
    const parts = { clock: systemClock, logger: silentLogger };
    const store = await openStore({ backend: 'sqlite', file, ...parts });
    try {
      const account = { name: nameIdentifier('Straße'), properties: { region: 'NZ' } };
      const change: RecordChange = { kind: 'account', account };
      const result = await store.records.upsert({ change, now: systemClock.now() });
      assert.equal(result.kind, 'stored');
      const stored = await store.records.findAccount({ key: textKey('STRASSE') });
      assert.deepEqual(stored?.properties, { region: 'NZ' });
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  });
});
