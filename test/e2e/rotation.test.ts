import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SigningSecret } from '../../src/signature/signing-secret.ts';
import { call } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver, type ReceivedRequest } from '../support/receiver.ts';
import { relayTo } from '../support/relay.ts';
import { aSigningSecret, OTHER_WHSEC, WHSEC } from '../support/signing-secrets.ts';

const SENDERS = 6;
const OLD = { secret: WHSEC };
const BOTH = { secret: OTHER_WHSEC, previousSecret: WHSEC };
const BACK = { secret: WHSEC, previousSecret: OTHER_WHSEC };
const NEW = { secret: OTHER_WHSEC, previousSecret: '' };
const secretOf = (secret: string): SigningSecret => aSigningSecret({ credentials: { secret } });

/** Signs what it sends with each of its keys in turn, and sends again what is answered 503. */
class SignedLoad {
  /** The keys that senders have. */
  keys: readonly string[] = [WHSEC];
  readonly accepted: string[] = [];
  /** Answers that no sender expects, each once. */
  readonly odd = new Set<string>();
  readonly #url: string;
  readonly #senders: Promise<void>[];
  #isStopped = false;

  constructor(url: string) {
    this.#url = url;
    this.#senders = Array.from({ length: SENDERS }, (_, sender) => this.#send(sender));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#senders);
  }

  async #send(sender: number): Promise<void> {
    for (let event = 0; !this.#isStopped; event++) {
      const key = this.keys[event % this.keys.length] ?? WHSEC;
      if (!(await this.#try(`msg_${sender}-${event}`, key))) await sleep(20);
    }
  }

  async #try(id: string, key: string): Promise<boolean> {
    const body = JSON.stringify({ id });
    const message = { bytes: Buffer.from(body), id, method: 'POST', url: undefined, headers: {} };
    const signature = secretOf(key).sign(message, Date.now());
    const headers = { 'content-type': 'application/json', ...signature };
    const { status, text } = await call(`${this.#url}/hooks/relay`, { body, headers, timeoutMs: 30_000 });
    if (status === 200) this.accepted.push(id);
    else if (status !== 503)
      this.odd.add(`${status} ${text}, signed with the ${key === WHSEC ? 'old' : 'new'} secret`);
    return status !== 503;
  }
}

const isSignedWith = ({ headers, body, method }: ReceivedRequest, key: string): boolean => {
  const message = { bytes: body, method, origin: undefined, target: undefined };
  const one = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return secretOf(key).verify({ ...message, headers: one }, Date.now()).verified;
};

describe('A secret that changes under load', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed | undefined;

  before(async () => {
    receiver = await Receiver.start(() => ({ delayMs: 20 }));
    userDir = await makeUserDir();
  });
  after(async () => {
    await nodeRed?.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  it('refuses nobody who has it or the one before, and sends nothing unsigned, whatever is deployed', async () => {
    const relay = relayTo(`${receiver.url}/signed`, { concurrency: 16, signing: 'secret' });
    const secret: FlowNode = {
      id: 'secret',
      type: 'signing-secret',
      name: '',
      scheme: 'standard-webhooks',
    };
    const withSecret = (credentials: object, name = ''): FlowNode[] => [
      { ...secret, name, credentials },
      ...relay.flows.map((node) =>
        node.id === 'relay-hook' ? { ...node, auth: 'none', signing: 'secret' } : node,
      ),
    ];
    nodeRed = await NodeRed.start({
      userDir,
      flows: withSecret({}),
      credentials: { secret: OLD },
    });
    const load = new SignedLoad(nodeRed.url);
    await sleep(200);
    for (const type of ['nodes', 'flows', 'full'] as const) {
      await nodeRed.deploy(withSecret(BOTH, `${type} both`), type);
      load.keys = [WHSEC, OTHER_WHSEC];
      await sleep(200);
      load.keys = [OTHER_WHSEC];
      await sleep(100);
      await nodeRed.deploy(withSecret(NEW, `${type} new`), type);
      await sleep(200);
      // Back to where it began, for the next kind of deploy.
      await nodeRed.deploy(withSecret(BACK, `${type} back`), type);
      load.keys = [WHSEC];
      await sleep(100);
    }
    await load.stop();
    await nodeRed.waitForDeliveries(load.accepted.length);

    assert.deepEqual([...load.odd], []);
    assert.ok(load.accepted.length > 100, `${load.accepted.length} were accepted`);
    const ids = new Set(receiver.webhookIds);
    assert.deepEqual(
      load.accepted.filter((id) => !ids.has(id)),
      [],
    );
    const unsigned = receiver.requests.filter(
      (one) => ![WHSEC, OTHER_WHSEC].some((key) => isSignedWith(one, key)),
    );
    assert.deepEqual(
      unsigned.map(({ webhookId }) => webhookId),
      [],
    );
  });
});
