import assert from 'node:assert/strict';
import { readApiKeys, readRoles, writeApiKeys } from '../../../nodes/shared/editor/api-keys.ts';
import { parseApiKeys } from '../../../src/inbound/authenticators/api-keys.ts';
import { newApiKey } from '../../../src/inbound/authenticators/new-api-key.ts';

const shop = { id: '1', name: 'shop', hash: newApiKey().hash, roles: ['surveys'] };
const crm = { id: '2', name: 'crm', hash: newApiKey().hash, roles: ['surveys', 'contacts'] };

describe('the keys of a hook in its dialog', () => {
  it('are written as the running flow reads them, and read again', () => {
    const text = writeApiKeys([shop, crm]);
    assert.deepEqual(
      parseApiKeys(text)?.map(({ name, roles }) => ({ name, roles })),
      [shop, crm].map(({ name, roles }) => ({ name, roles })),
    );
    assert.deepEqual(readApiKeys(text), [shop, crm]);
  });

  it('hold nothing but what is listed, least of all the key', () => {
    const made = { ...shop, key: 'shk_seen_once' };
    assert.ok(!writeApiKeys([made]).includes('shk_'));
  });

  it('are none where nothing or something else is stored', () => {
    for (const text of ['', '{', '{}', 'null', '[1, null, {}, {"name":"no hash"}]'])
      assert.deepEqual(readApiKeys(text), [], text);
    assert.equal(writeApiKeys([]), '');
  });
});

describe('readRoles', () => {
  it('takes roles with commas between, each once', () => {
    assert.deepEqual(readRoles(' surveys, contacts ,surveys,, '), ['surveys', 'contacts']);
    assert.deepEqual(readRoles(' '), []);
  });
});
