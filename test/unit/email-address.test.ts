import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isEmailAddress } from '../../src/email-address.ts';

describe('An email address', () => {
  for (const text of [
    'jane@example.com',
    "o'hara+news@mail.example.co.uk",
    'müller@bücher.example',
    'a.b-c_d@x-y.example',
    `${'a'.repeat(64)}@example.com`,
  ])
    it(`is ${text}`, () => {
      assert.ok(isEmailAddress(text));
    });

  for (const text of [
    '',
    'jane',
    '@example.com',
    'jane@',
    'jane@localhost',
    'jane@example..com',
    'jane@-example.com',
    '.jane@example.com',
    'ja ne@example.com',
    'jane@example.com\n',
    'Jane <jane@example.com>',
    'a@b@example.com',
    `${'a'.repeat(65)}@example.com`,
    `jane@${'a'.repeat(64)}.com`,
    `jane@${'a.'.repeat(130)}com`,
  ])
    it(`is not ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.ok(!isEmailAddress(text));
    });

  it('is refused in time, however long the text is', () => {
    const start = performance.now();
    assert.ok(!isEmailAddress(`${'a.'.repeat(500_000)}@`));
    assert.ok(performance.now() - start < 200);
  });
});
