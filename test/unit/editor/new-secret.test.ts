import assert from 'node:assert/strict';
import { newSecret } from '../../../nodes/shared/editor/new-secret.ts';
import { isSecretForm } from '../../../nodes/shared/editor/secret-form.ts';
import { SCHEME_FACTS, type SchemeId } from '../../../src/signature/scheme-facts.ts';
import { parseSigningSecret } from '../../../src/signature/signing-secret-settings.ts';

const schemes = Object.keys(SCHEME_FACTS) as SchemeId[];

const FORMS: Readonly<Partial<Record<SchemeId, RegExp>>> = {
  'customer-thermometer': /^[0-9a-f]{64}$/,
  'standard-webhooks': /^whsec_[A-Za-z0-9+/]{43}=$/,
  svix: /^whsec_[A-Za-z0-9+/]{43}=$/,
  slack: /^[0-9a-f]{32}$/,
  stripe: /^whsec_[A-Za-z0-9]{32}$/,
  surveymonkey: /^[A-Za-z0-9]{22}&[0-9a-f]{64}$/,
  'hubspot-v3': /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  twilio: /^[0-9a-f]{32}$/,
};

const isTaken = (scheme: SchemeId, secret: string, keyEncoding = 'utf8'): boolean =>
  parseSigningSecret({ id: 'a', scheme, keyEncoding, credentials: { secret } }).kind === 'valid';

describe('newSecret', () => {
  for (const scheme of schemes)
    it(`gives ${scheme} secrets of its form, that nobody can guess`, () => {
      const secrets = Array.from({ length: 200 }, () => newSecret(scheme));
      assert.equal(new Set(secrets).size, secrets.length);
      for (const secret of secrets) {
        assert.match(secret, FORMS[scheme] ?? /^.{32,}$/);
        assert.ok(isSecretForm(secret, scheme) && isTaken(scheme, secret));
      }
    });

  it('gives the generic scheme a key in the encoding that it reads', () => {
    assert.equal(Buffer.from(newSecret('generic', 'base64'), 'base64').length, 32);
    assert.match(newSecret('generic', 'hex'), /^[0-9a-f]{64}$/);
  });

  it('draws each letter and digit as often as any other', () => {
    const counts = new Map<string, number>();
    for (let round = 0; round < 1000; round += 1)
      for (const sign of newSecret('zendesk')) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    assert.equal(counts.size, 62);
    // 32,000 signs: 516 of each, give or take 23; six times that is a chance of one in a billion.
    for (const [sign, count] of counts) assert.ok(Math.abs(count - 516) < 140, `${sign}: ${count}`);
  });
});

describe('isSecretForm', () => {
  const base64 = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');
  const webhookKeys = [
    ...['', 'whsec_', 'whsk_', 'whpk_'].flatMap((prefix) =>
      [0, 23, 24, 32, 33, 64, 65].map((bytes) => `${prefix}${base64(bytes)}`),
    ),
    'whsec_',
    'whsec_not base64',
    `whsec_${base64(32).replace(/=+$/, '')}`,
    ` ${base64(32)}\n`,
  ];
  for (const scheme of ['standard-webhooks', 'svix'] as const)
    it(`takes for ${scheme} what can be its key, and nothing else`, () => {
      for (const secret of webhookKeys)
        assert.equal(isSecretForm(secret, scheme), isTaken(scheme, secret), secret);
    });

  it('takes for generic what its encoding can read, and nothing else', () => {
    const secrets = ['abc', 'abcd', 'ABcd', 'ab-_', 'ab+/', 'abcde', 'a', 'ab==', 'ä', 'a b'];
    for (const keyEncoding of ['utf8', 'hex', 'base64'] as const)
      for (const secret of secrets)
        assert.equal(
          isSecretForm(secret, 'generic', keyEncoding),
          isTaken('generic', secret, keyEncoding),
          `${keyEncoding} ${secret}`,
        );
  });

  it('asks of a SurveyMonkey secret both its halves', () => {
    assert.ok(isSecretForm('key&secret', 'surveymonkey'));
    for (const secret of ['key', '&secret', 'key&', '&'])
      assert.ok(!isSecretForm(secret, 'surveymonkey'), secret);
  });

  it('takes no empty secret for any scheme', () => {
    for (const scheme of schemes) assert.ok(!isSecretForm(' ', scheme), scheme);
  });
});
