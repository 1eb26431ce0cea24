import assert from 'node:assert/strict';
import { EndpointDirectory } from '../../../../src/delivery/endpoint/endpoint-directory.ts';
import { parseEndpoint, type EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { SigningSecretDirectory } from '../../../../src/signature/signing-secret-directory.ts';
import {
  parseSigningSecret,
  type SigningSecretSettings,
} from '../../../../src/signature/signing-secret-settings.ts';
import { secretDirectory, secretSettings } from '../../../support/signing-secrets.ts';

const settingsOf = (settings: Partial<EndpointSettings> = {}): EndpointSettings => ({
  id: 'a',
  url: 'https://hooks.example/in',
  signing: 'secret',
  ...settings,
});

/** What is wrong with the endpoint's signing, in words; undefined = nothing. */
function problemOf(
  settings: Partial<EndpointSettings>,
  secret: Partial<SigningSecretSettings> = {},
): string | undefined {
  const directory = new EndpointDirectory(secretDirectory(secret));
  directory.set(parseEndpoint(settingsOf(settings)));
  const entry = directory.get('a');
  assert.equal(directory.find('a') === undefined, entry?.kind === 'invalid');
  if (entry?.kind !== 'invalid') return undefined;
  const [problem] = entry.problems;
  assert.equal(problem?.setting, 'signing');
  return problem.message;
}

describe('EndpointDirectory', () => {
  it('gives an endpoint the secret that its settings name', () => {
    const secrets = secretDirectory();
    const directory = new EndpointDirectory(secrets);
    directory.set(parseEndpoint(settingsOf()));
    assert.equal(directory.find('a')?.signer, secrets.find('secret'));
    assert.deepEqual(directory.all(), [directory.find('a')]);
  });

  it('gives an endpoint that names none no secret', () => {
    const directory = new EndpointDirectory(secretDirectory());
    for (const signing of ['', undefined]) {
      directory.set(
        parseEndpoint({
          id: 'a',
          url: 'https://hooks.example/in',
          ...(signing !== undefined && { signing }),
        }),
      );
      assert.ok(directory.find('a'));
      assert.equal(directory.find('a')?.signer, undefined);
    }
  });

  it('does not find an endpoint whose secret is not there or cannot be used', () => {
    const secrets = new SigningSecretDirectory();
    const directory = new EndpointDirectory(secrets);
    directory.set(parseEndpoint(settingsOf({ name: 'Helpdesk' })));
    secrets.set(parseSigningSecret(secretSettings({ credentials: {} })));
    const entry = directory.get('a');
    assert.equal(directory.find('a'), undefined);
    assert.deepEqual(directory.all(), []);
    assert.equal(directory.has('a'), true);
    assert.ok(entry?.kind === 'invalid');
    assert.equal(entry.name, 'Helpdesk');
    assert.match(entry.problems[0]?.message ?? '', /not in the flows, or its settings are wrong/);
  });

  it('finds no endpoint that signs where there are no secrets at all', () => {
    const directory = new EndpointDirectory();
    directory.set(parseEndpoint(settingsOf()));
    assert.equal(directory.find('a'), undefined);
  });

  it('finds no endpoint that names its secret by what is no id', () => {
    for (const signing of ['  ', null, {}, 5, ['secret']]) {
      const directory = new EndpointDirectory(secretDirectory());
      directory.set(parseEndpoint({ ...settingsOf(), signing }));
      assert.equal(directory.find('a'), undefined, JSON.stringify(signing));
    }
  });

  it('follows its secrets: one that comes, changes, goes', () => {
    const secrets = new SigningSecretDirectory();
    const directory = new EndpointDirectory(secrets);
    directory.set(parseEndpoint(settingsOf()));
    directory.set(parseEndpoint(settingsOf({ id: 'unsigned', signing: '' })));
    directory.set(parseEndpoint(settingsOf({ id: 'other', signing: 'another secret' })));
    const changed: string[] = [];
    const unlisten = directory.onChange((id) => changed.push(id));

    secrets.set(parseSigningSecret(secretSettings()));
    const first = directory.find('a')?.signer;
    assert.ok(first);
    secrets.set(parseSigningSecret(secretSettings()));
    assert.ok(directory.find('a')?.signer);
    assert.notEqual(directory.find('a')?.signer, first);
    secrets.remove('secret');
    assert.equal(directory.find('a'), undefined);
    assert.deepEqual(changed, ['a', 'a', 'a']);

    unlisten();
    secrets.set(parseSigningSecret(secretSettings()));
    assert.deepEqual(changed.length, 3);
    assert.ok(directory.find('a'));
  });

  it('lists what is wrong with the settings themselves before it looks at the secret', () => {
    const directory = new EndpointDirectory();
    directory.set(parseEndpoint(settingsOf({ url: 'nonsense' })));
    const entry = directory.get('a');
    assert.deepEqual(entry?.kind === 'invalid' && entry.problems.map(({ setting }) => setting), ['url']);
  });

  it('refuses a key that cannot sign', () => {
    const secret = `whpk_${Buffer.alloc(32, 7).toString('base64')}`;
    assert.match(problemOf({}, { credentials: { secret } }) ?? '', /cannot sign/);
  });

  it('refuses a body that the scheme can never sign', () => {
    const twilio = { scheme: 'twilio', credentials: { secret: '12345' } };
    assert.match(problemOf({ contentType: 'json' }, twilio) ?? '', /choose the content type form/);
    assert.equal(problemOf({ contentType: 'form' }, twilio), undefined);
    assert.equal(problemOf({ contentType: 'json', method: 'GET' }, twilio), undefined);
  });

  it('refuses a header of its own, or of the authentication, that the signature sets', () => {
    const thermometer = { scheme: 'customer-thermometer', credentials: { secret: 'x'.repeat(64) } };
    const headers = [
      { name: 'X-Team', value: 'cx' },
      { name: 'date', value: 'today' },
    ];
    assert.match(problemOf({ headers }, thermometer) ?? '', /Header 2 is set by the signature/);
    assert.equal(problemOf({ headers }), undefined);
    const auth = { auth: 'header', authHeader: 'X-CT-HMAC-SHA256', credentials: { headerValue: 'k' } };
    assert.match(problemOf(auth, thermometer) ?? '', /authentication/);
    assert.equal(problemOf(auth), undefined);
  });

  it('never repeats a secret or a URL in what is wrong', () => {
    const secret = `whpk_${Buffer.alloc(32, 7).toString('base64')}`;
    const text = problemOf({ url: 'https://hooks.example/S3CR3T' }, { credentials: { secret } }) ?? '';
    assert.ok(!text.includes(secret) && !text.includes('S3CR3T'));
  });
});
