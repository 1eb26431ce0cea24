import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';
import { Secret } from '../../../src/platform/secret.ts';

describe('Secret', () => {
  const secret = new Secret('hunter2');
  it('is not seen by printing, serialising, inspecting, spreading or cloning', () => {
    const texts = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }, { showHidden: true, depth: 9 }),
      format('%s %o %O %j', secret, secret, secret, secret),
      JSON.stringify(structuredClone(Object.assign({}, secret))),
      JSON.stringify(Object.entries(secret)),
    ];
    for (const text of texts) assert.doesNotMatch(text, /hunter2/);
  });
  it('gives its value when asked', () => assert.equal(secret.reveal(), 'hunter2'));
});
