import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { Credentials, FlowNode } from '../../support/node-red.ts';

export const storeFlows: readonly FlowNode[] = [
  { id: 'old-store', type: 'hook-store', name: 'Ours', backend: 'sqlite', file: 'survey-hooks.db' },
];
export const storeCredentials: Credentials = { 'old-store': { metricsToken: 'the-token-of-prometheus' } };

const input = (name: string): string => `node-config-input-${name}`;
const LIMITS = ['retentionDays', 'retentionRows', 'retentionBytes'] as const;

/** What a person sees of the store. */
export function storeDialog(editor: () => Editor): void {
  const isVisible = (id: string): Promise<boolean> => editor().field(id).isVisible();
  const values = (): Promise<string[]> => Promise.all(LIMITS.map((name) => editor().value(input(name))));
  const stored = async (): Promise<unknown> =>
    (await editor().nodeRed.admin('credentials/hook-store/old-store')).json();

  it('shows the usual limits where a flow from before has none', async () => {
    await editor().open('old-store');
    assert.deepEqual(await values(), ['30', '1000000', '2gb']);
    await editor().cancel();
  });

  it('marks limits that cannot be read, and takes 0 and an empty one', async () => {
    await editor().open('old-store');
    for (const [name, text, isWrong] of [
      ['retentionDays', '0', false],
      ['retentionDays', '3651', true],
      ['retentionDays', '1.5', true],
      ['retentionDays', '', false],
      ['retentionDays', '${DAYS}', false],
      ['retentionRows', '-1', true],
      ['retentionRows', '0', false],
      ['retentionBytes', '2 terabytes', true],
      ['retentionBytes', '0', false],
      ['retentionBytes', '500mb', false],
    ] as const) {
      await editor().type(input(name), text);
      assert.equal(await editor().isMarked(input(name)), isWrong, `${name} ${text}`);
    }
    await editor().cancel();
  });

  it('says that a token is set, and neither shows nor exports it', async () => {
    await editor().open('old-store');
    assert.equal(await isVisible('hook-store-token-stored'), true);
    assert.equal(await isVisible(input('metricsToken')), false);
    assert.ok(!(await editor().page.content()).includes('the-token-of-prometheus'));
    await editor().cancel();
    assert.ok(!JSON.stringify(await editor().exported()).includes('the-token-of-prometheus'));
  });

  it('marks a token that is too short, or cannot be sent', async () => {
    await editor().open('old-store');
    await editor().field('hook-store-token-remove').click();
    for (const [token, isWrong] of [
      ['short', true],
      ['long enough but with spaces', true],
      ['long-enough-and-without-spaces', false],
      ['${TOKEN}', false],
      ['', false],
    ] as const) {
      await editor().type(input('metricsToken'), token);
      assert.equal(await editor().isMarked(input('metricsToken')), isWrong, token);
    }
    await editor().cancel();
  });

  it('makes a token that can be read until Deploy, and removes it', async () => {
    await editor().open('old-store');
    await editor().field('hook-store-token-regenerate').click();
    const token = await editor().value(input('metricsToken'));
    assert.match(token, /^[\w-]{43}$/);
    await editor().type(input('retentionDays'), '7');
    await editor().done();
    await editor().deploy();
    assert.equal((await editor().deployed('old-store'))['retentionDays'], '7');
    assert.deepEqual(await stored(), { has_metricsToken: true });
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await editor().nodeRed.admin('survey-hooks/metrics', { headers })).status, 200);
    await editor().open('old-store');
    assert.ok(!(await editor().page.content()).includes(token));
    await editor().field('hook-store-token-remove').click();
    assert.match((await editor().field('hook-store-token-hint').textContent()) ?? '', /removed at Deploy/);
    await editor().done();
    await editor().deploy();
    assert.deepEqual(await stored(), { has_metricsToken: false });
  });
}
