import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { Credentials } from '../../support/node-red.ts';
import { OTHER_WHSEC, WHSEC, secretNode } from '../../support/signing-secrets.ts';

const settings = {
  tolerance: 300,
  previousUntil: '',
  publicUrl: '',
  algorithm: 'sha256',
  encoding: 'hex',
  header: '',
  prefix: '',
  template: '{{body}}',
  timestampHeader: '',
  idHeader: '',
  keyEncoding: 'utf8',
};

export const secretFlows = ['known-secret', 'kept-secret', 'rotating-secret'].map((id) =>
  secretNode(id, 'standard-webhooks', settings),
);
export const secretCredentials: Credentials = {
  'known-secret': { secret: WHSEC },
  'kept-secret': { secret: WHSEC },
  'rotating-secret': { secret: WHSEC, previousSecret: OTHER_WHSEC },
};

const SECRET_INPUT = 'node-config-input-secret';
const PREVIOUS_INPUT = 'node-config-input-previousSecret';

/** What a person sees of a signing secret. */
export function secretDialog(editor: () => Editor): void {
  const choose = (scheme: string): Promise<unknown> =>
    editor().field('node-config-input-scheme').selectOption(scheme);
  const isVisible = (id: string): Promise<boolean> => editor().field(id).isVisible();
  const stored = async (id: string): Promise<object> =>
    (await editor().nodeRed.admin(`credentials/signing-secret/${id}`)).json() as object;

  it('makes a secret that can be read until Deploy, and is in no export', async () => {
    const before = await editor().ids('signing-secret');
    await editor().openNew('signing-secret');
    assert.equal(await editor().value(SECRET_INPUT), '');
    await editor().field('signing-secret-generate').click();
    const secret = await editor().value(SECRET_INPUT);
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.equal(await editor().isMarked(SECRET_INPUT), false);
    assert.match((await editor().field('signing-secret-hint').textContent()) ?? '', /^Copy it now/);
    await editor().done();
    const id = (await editor().ids('signing-secret')).find((each) => !before.includes(each)) ?? '';
    await editor().open(id);
    assert.equal(await editor().value(SECRET_INPUT), secret);
    await editor().done();
    await editor().deploy();
    assert.ok(!JSON.stringify([await editor().exported(), await editor().deployed(id)]).includes(secret));
    assert.deepEqual(await stored(id), { has_secret: true, has_previousSecret: false });
    await editor().open(id);
    assert.ok(!(await editor().page.content()).includes(secret));
    assert.equal(await isVisible(SECRET_INPUT), false);
    assert.equal(await isVisible('signing-secret-stored'), true);
    await editor().cancel();
  });

  it('makes it in the form of the scheme, also when another is chosen afterwards', async () => {
    await editor().openNew('signing-secret');
    await editor().field('signing-secret-generate').click();
    for (const [scheme, form] of [
      ['customer-thermometer', /^[0-9a-f]{64}$/],
      ['stripe', /^whsec_[A-Za-z0-9]{32}$/],
      ['surveymonkey', /^[^&]+&[^&]+$/],
    ] as const) {
      await choose(scheme);
      assert.match(await editor().value(SECRET_INPUT), form);
    }
    await editor().type(SECRET_INPUT, 'typed');
    await choose('github');
    assert.equal(await editor().value(SECRET_INPUT), 'typed');
    await editor().cancel();
  });

  it('marks a secret that cannot be one of the scheme, or is missing', async () => {
    await editor().openNew('signing-secret');
    for (const [scheme, secret, isWrong] of [
      ['standard-webhooks', '', true],
      ['standard-webhooks', 'sesame', true],
      ['github', 'sesame', false],
      ['surveymonkey', 'sesame', true],
      ['surveymonkey', 'open&sesame', false],
      ['generic', '${WHSEC}', false],
    ] as const) {
      await choose(scheme);
      await editor().type(SECRET_INPUT, secret);
      assert.equal(await editor().isMarked(SECRET_INPUT), isWrong, `${scheme} ${secret}`);
    }
    await editor().cancel();
  });

  it('shows of the settings only what the scheme uses', async () => {
    await editor().openNew('signing-secret');
    const shown = async (): Promise<string[]> => {
      const inputs = ['tolerance', 'publicUrl', 'template'];
      const visible = await Promise.all(inputs.map((name) => isVisible(`node-config-input-${name}`)));
      return inputs.filter((_, at) => visible[at]);
    };
    assert.deepEqual(await shown(), ['tolerance']);
    await choose('github');
    assert.deepEqual(await shown(), []);
    await choose('twilio');
    assert.deepEqual(await shown(), ['publicUrl']);
    await choose('generic');
    assert.deepEqual(await shown(), ['template']);
    await editor().type('node-config-input-template', '{{timestamp}}{{url}}{{body}}');
    assert.deepEqual(await shown(), ['tolerance', 'publicUrl', 'template']);
    assert.equal(await editor().isMarked('node-config-input-timestampHeader'), true);
    await editor().type('node-config-input-timestampHeader', 'X-Time');
    assert.equal(await editor().isMarked('node-config-input-timestampHeader'), false);
    await editor().cancel();
  });

  it('warns that requests of any age are taken, and that only the new secret will count', async () => {
    await editor().open('known-secret');
    const warning = editor().page.locator('[data-when="tolerance=0"]');
    assert.equal(await warning.isVisible(), false);
    await editor().type('node-config-input-tolerance', '0');
    assert.equal(await warning.isVisible(), true);
    assert.equal(await isVisible('signing-secret-changed'), false);
    await editor().field('signing-secret-regenerate').click();
    assert.equal(await isVisible('signing-secret-changed'), true);
    await editor().type(PREVIOUS_INPUT, OTHER_WHSEC);
    assert.equal(await isVisible('signing-secret-changed'), false);
    await editor().cancel();
  });

  it('keeps a stored secret when nothing takes its place', async () => {
    await editor().open('kept-secret');
    await editor().field('signing-secret-replace').click();
    assert.equal(await editor().value(SECRET_INPUT), '');
    assert.equal(await editor().isMarked(SECRET_INPUT), false);
    await editor().type('node-config-input-name', 'Kept');
    await editor().done();
    await editor().deploy();
    assert.deepEqual(await stored('kept-secret'), { has_secret: true, has_previousSecret: false });
  });

  it('takes a previous secret with its date, and removes it', async () => {
    await editor().open('rotating-secret');
    assert.equal(await isVisible('signing-secret-previous-stored'), true);
    await editor().type('node-config-input-previousUntil', 'soon');
    assert.equal(await editor().isMarked('node-config-input-previousUntil'), true);
    await editor().type('node-config-input-previousUntil', '2026-12-31');
    assert.equal(await editor().isMarked('node-config-input-previousUntil'), false);
    await editor().done();
    await editor().deploy();
    assert.deepEqual(await stored('rotating-secret'), { has_secret: true, has_previousSecret: true });
    await editor().open('rotating-secret');
    await editor().field('signing-secret-previous-remove').click();
    assert.equal(await isVisible('signing-secret-until-row'), false);
    await editor().done();
    await editor().deploy();
    assert.deepEqual(await stored('rotating-secret'), { has_secret: true, has_previousSecret: false });
  });
}
