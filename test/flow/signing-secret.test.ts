import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { after, afterEach, before, describe, it } from 'mocha';
import { signingSecrets } from '../../nodes/shared/runtime/signing-secrets.ts';
import signingSecret from '../../nodes/signing-secret/signing-secret.ts';
import { argumentsOf, globalConfigNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { WHSEC, secretNode } from '../support/signing-secrets.ts';

describe('signing-secret', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  const run = (settings: object, credentials: Record<string, string>): Promise<void> =>
    runtime.load(
      [signingSecret, globalConfigNode],
      [
        { id: 'env', type: 'global-config', env: [{ name: 'KEY', value: WHSEC, type: 'str' }] },
        secretNode('key', 'standard-webhooks', settings),
      ],
      { key: credentials },
    );
  const errors = (): unknown[] => argumentsOf(runtime.node('key'), 'error');

  it('can be found while it is in the flows', async () => {
    await run({ name: 'Ours' }, { secret: WHSEC });
    assert.equal(signingSecrets.find('key')?.name, 'Ours');
    assert.deepEqual(errors(), []);
    await runtime.load([signingSecret], [secretNode('other', 'github')], { other: { secret: 'x' } });
    assert.equal(signingSecrets.find('key'), undefined);
    assert.equal(signingSecrets.find('other')?.schemeId, 'github');
  });

  it('takes its secret from an environment variable', async () => {
    await run({}, { secret: '${KEY}' });
    assert.ok(signingSecrets.find('key'));
  });

  it('cannot be used without its secret, and says so', async () => {
    await run({}, {});
    assert.equal(signingSecrets.find('key'), undefined);
    assert.equal(errors().length, 1);
    assert.match(String(errors()[0]), /The secret is missing/);
  });

  it('names everything that is wrong with it, and shows no secret', async () => {
    const secret = 'whsec_not-base64!';
    await run(
      { tolerance: 'soon', previousUntil: 'some day', publicUrl: 'ftp://example.com' },
      { secret, previousSecret: 'whsec_c2hvcnQ=' },
    );
    assert.equal(signingSecrets.find('key'), undefined);
    const said = errors().map(String).join('\n');
    for (const name of [
      'Secret',
      'Previous secret',
      'label.tolerance',
      'label.previousUntil',
      'label.publicUrl',
    ])
      assert.ok(said.includes(`${name}: `), name);
    assert.ok(!said.includes(secret) && !said.includes('c2hvcnQ'));
  });

  it('shows no secret to who prints it', async () => {
    await run({}, { secret: WHSEC });
    const found = signingSecrets.find('key');
    const raw = Buffer.from(WHSEC.slice('whsec_'.length), 'base64').toString();
    const printed = `${inspect(found, { depth: 9, showHidden: true })}${JSON.stringify(found)}`;
    assert.ok(!printed.includes(WHSEC) && !printed.includes(raw));
  });
});
