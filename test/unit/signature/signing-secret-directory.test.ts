import assert from 'node:assert/strict';
import { received } from '../../support/signed-message.ts';
import { secretSettings } from '../../support/signing-secrets.ts';
import { SigningSecretDirectory } from '../../../src/signature/signing-secret-directory.ts';
import { parseSigningSecret } from '../../../src/signature/signing-secret-settings.ts';
import { verifyWith } from '../../../src/signature/signing-secret.ts';

const valid = (id: string) => parseSigningSecret(secretSettings({ id }));
const invalid = (id: string) => parseSigningSecret(secretSettings({ id, credentials: {} }));

describe('The directory of signing secrets', () => {
  it('finds those that can be used', () => {
    const directory = new SigningSecretDirectory();
    directory.set(valid('a'));
    directory.set(invalid('b'));
    assert.equal(directory.find('a')?.id, 'a');
    assert.equal(directory.find('b'), undefined);
    assert.equal(directory.find('c'), undefined);
  });

  it('forgets a secret that cannot be used any more', () => {
    const directory = new SigningSecretDirectory();
    directory.set(valid('a'));
    directory.set(invalid('a'));
    assert.equal(directory.find('a'), undefined);
  });

  it('tells of each change, until it is told to stop', () => {
    const directory = new SigningSecretDirectory();
    const told: string[] = [];
    const stop = directory.onChange((id) => told.push(id));
    directory.set(valid('a'));
    directory.set(invalid('b'));
    directory.remove('a');
    directory.remove('a');
    directory.keep((id) => id !== 'b');
    stop();
    directory.set(valid('a'));
    assert.deepEqual(told, ['a', 'b', 'a', 'b']);
  });

  it('keeps what is there', () => {
    const directory = new SigningSecretDirectory();
    directory.set(valid('a'));
    directory.set(valid('b'));
    directory.keep((id) => id === 'b');
    assert.equal(directory.find('a'), undefined);
    assert.equal(directory.find('b')?.id, 'b');
  });
});

describe('Verifying with a secret that is not there', () => {
  it('refuses everything', () => {
    assert.deepEqual(verifyWith(undefined, received({ bytes: 'a' }, {}), 0), {
      verified: false,
      reason: 'secret-missing',
    });
  });
});
