import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { outgoing, received, signAndSend } from '../../support/signed-message.ts';
import { aSigningSecret, secretSettings, WHSEC } from '../../support/signing-secrets.ts';
import {
  parseSigningSecret,
  type SigningSecretSettings,
} from '../../../src/signature/signing-secret-settings.ts';

const NOW = Date.UTC(2026, 0, 1);

/** The settings that are wrong, each once. */
function wrongSettings(settings: Partial<SigningSecretSettings>): string[] {
  const parsed = parseSigningSecret(secretSettings(settings));
  return parsed.kind === 'valid' ? [] : [...new Set(parsed.problems.map(({ setting }) => setting))].sort();
}

const wrongGeneric = (settings: Partial<SigningSecretSettings>): string[] =>
  wrongSettings({ scheme: 'generic', credentials: { secret: 'key' }, ...settings });

describe("A signing secret's settings", () => {
  it('need a scheme that is known', () => {
    assert.deepEqual(wrongSettings({ scheme: '' }), ['scheme']);
    assert.deepEqual(wrongSettings({ scheme: 'hubspot-v9' }), ['scheme']);
    assert.deepEqual(wrongSettings({ scheme: 'constructor' }), ['scheme']);
    assert.deepEqual(wrongSettings({}), []);
  });

  it('need a secret that the scheme can use, and the previous one too if there is one', () => {
    assert.deepEqual(wrongSettings({ credentials: {} }), ['credentials']);
    assert.deepEqual(wrongSettings({ credentials: { secret: '  ' } }), ['credentials']);
    assert.deepEqual(wrongSettings({ credentials: { secret: 'whsec_x' } }), ['credentials']);
    assert.deepEqual(wrongSettings({ credentials: { secret: WHSEC, previousSecret: 'x' } }), ['credentials']);
    const parsed = parseSigningSecret({ id: 'a', scheme: 'github' });
    assert.equal(parsed.kind === 'invalid' && parsed.problems.length, 1);
  });

  it('take the secret without the spaces that pasting brings', () => {
    const padded = aSigningSecret({ credentials: { secret: ` ${WHSEC}\n` } });
    assert.equal(aSigningSecret().verify(signAndSend(padded, { bytes: 'a' }, NOW), NOW).verified, true);
  });

  it('have a tolerance of up to a year, and 300 seconds if none is given', () => {
    for (const tolerance of ['-1', 'x', 400 * 86_400, '1.5'])
      assert.deepEqual(wrongSettings({ tolerance }), ['tolerance']);
    for (const tolerance of ['', 0, 60, '31536000']) assert.deepEqual(wrongSettings({ tolerance }), []);
    const sent = signAndSend(aSigningSecret({ tolerance: 60 }), { bytes: 'a' }, NOW);
    assert.equal(aSigningSecret({ tolerance: 60 }).verify(sent, NOW + 60_001).verified, false);
    assert.equal(aSigningSecret().verify(sent, NOW + 300_000).verified, true);
  });

  it('have a time for the previous secret, and a date alone counts to its end', () => {
    assert.deepEqual(wrongSettings({ previousUntil: 'tomorrow' }), ['previousUntil']);
    const settings = { scheme: 'github', credentials: { secret: 'new', previousSecret: 'old' } };
    const old = signAndSend(aSigningSecret({ scheme: 'github', credentials: { secret: 'old' } }), {}, NOW);
    const isKnown = (previousUntil: string, at: number) =>
      aSigningSecret({ ...settings, previousUntil }).verify(old, at).verified;
    const nextDay = Date.UTC(2026, 5, 2);
    assert.equal(isKnown('2026-06-01', nextDay - 1), true);
    assert.equal(isKnown('2026-06-01', nextDay), false);
    assert.equal(isKnown('2026-06-01T12:00:00Z', nextDay - 43_200_000), false);
    assert.equal(isKnown('', Number.MAX_SAFE_INTEGER), true);
  });

  it('may have a public URL, which stands for scheme, host and the start of the path', () => {
    for (const publicUrl of [
      'ftp://a.example',
      'a.example',
      'https://a.example?x=1',
      'https://a.example?',
      'https://a.example/#',
      'https://u:p@a.example',
      '/x',
      'https://a.example/#x',
    ])
      assert.deepEqual(wrongSettings({ publicUrl }), ['publicUrl'], publicUrl);
    const settings = { scheme: 'twilio', credentials: { secret: 'key' } };
    const sent = signAndSend(
      aSigningSecret(settings),
      { method: 'GET', url: 'https://a.example/base/hook?x=1' },
      NOW,
    );
    const arrived = { ...sent, origin: 'http://127.0.0.1:1880', target: '/hook?x=1' };
    const verify = (publicUrl: string) =>
      aSigningSecret({ ...settings, publicUrl }).verify(arrived, NOW).verified;
    assert.equal(verify('https://a.example/base'), true);
    assert.equal(verify('https://a.example/base///'), true);
    assert.equal(verify('https://a.example'), false);
    assert.equal(verify(''), false);
    const unknown = aSigningSecret(settings).verify({ ...arrived, target: undefined }, NOW);
    assert.deepEqual(unknown, { verified: false, reason: 'url-unknown' });
  });

  it('let no sender write the start of a path into the host', () => {
    const secret = aSigningSecret({ scheme: 'twilio', credentials: { secret: 'key' } });
    const sent = signAndSend(secret, { method: 'GET', url: 'https://a.example/other?x=/hook' }, NOW);
    const judge = (origin: string, target: string) => {
      const verification = secret.verify({ ...sent, origin, target }, NOW);
      return verification.verified ? 'verified' : verification.reason;
    };
    assert.equal(judge('https://a.example', '/other?x=/hook'), 'verified');
    assert.equal(judge('https://a.example/other?x=', '/hook'), 'url-unknown');
    assert.equal(judge('https://a.example/other?x=/hook', ''), 'url-unknown');
    assert.equal(judge('https://', 'a.example/other?x=/hook'), 'url-unknown');
    assert.equal(judge('https://u@a.example', '/hook'), 'url-unknown');
  });

  it('tell everything that is wrong, and no secret', () => {
    const parsed = parseSigningSecret({
      id: 'a',
      scheme: 'generic',
      tolerance: 'x',
      publicUrl: 'y',
      algorithm: 'md5',
      keyEncoding: 'hex',
      credentials: { secret: 'hush-hush', previousSecret: 'quiet-quiet' },
    });
    const problems = parsed.kind === 'invalid' ? parsed.problems.map(({ setting }) => setting) : [];
    assert.deepEqual(problems.sort(), ['algorithm', 'credentials', 'credentials', 'publicUrl', 'tolerance']);
    assert.doesNotMatch(JSON.stringify(parsed), /hush|quiet/);
  });

  it('may be of any type without a throw: a flow is a file', () => {
    for (const junk of [null, 7, [], {}, true]) {
      const settings = { scheme: 'generic', template: junk, header: junk, credentials: { secret: junk } };
      const parsed = parseSigningSecret({ id: 'a', ...settings } as unknown as SigningSecretSettings);
      assert.equal(parsed.kind, 'invalid');
    }
  });

  describe('of the scheme generic', () => {
    it('may all be left out', () => {
      assert.deepEqual(wrongGeneric({}), []);
    });

    it('may sign the id of the delivery, the date and what proves the sender otherwise', () => {
      const template = '{{id}}{{timestampHttp}}{{body}}';
      const names = { header: 'Authorization', timestampHeader: 'Date', idHeader: 'webhook-id' };
      assert.deepEqual(wrongGeneric({ template, ...names }), []);
    });

    it('cannot have a secret that stands for no key', () => {
      const wrong = { hex: ['abc', 'xy', '0x00'], base64: ['A', 'AAAAA', '+_AA', '====', 'AA=A', 'ä'] };
      for (const [keyEncoding, secrets] of Object.entries(wrong))
        for (const secret of secrets)
          assert.deepEqual(wrongGeneric({ keyEncoding, credentials: { secret } }), ['credentials'], secret);
    });

    const problems: [string, Partial<SigningSecretSettings>, string[]][] = [
      [
        'an algorithm or encoding that is none',
        { algorithm: 'md5', encoding: 'rot13', keyEncoding: 'x' },
        ['algorithm', 'encoding', 'keyEncoding'],
      ],
      ['a tag that is none', { template: '{{payload}}{{body}}' }, ['template']],
      ['nothing of the body', { template: '{{url}}' }, ['template']],
      ['a timestamp that nobody brings', { template: '{{timestamp}}{{body}}' }, ['timestampHeader']],
      ['a timestamp that nobody signs', { timestampHeader: 'X-Time' }, ['timestampHeader']],
      [
        'timestamps of two kinds',
        { template: '{{timestamp}}{{timestampMs}}{{body}}', timestampHeader: 'X-T' },
        ['template'],
      ],
      ['an id that nobody brings', { template: '{{id}}{{body}}' }, ['idHeader']],
      ['an id that nobody signs', { idHeader: 'X-Id' }, ['idHeader']],
      [
        'names that no header has',
        { template: '{{id}}{{timestamp}}{{body}}', header: 'a b', timestampHeader: 'c:', idHeader: 'é' },
        ['header', 'idHeader', 'timestampHeader'],
      ],
      [
        'headers that HTTP or the delivery needs',
        {
          template: '{{id}}{{timestamp}}{{body}}',
          header: 'Content-Type',
          timestampHeader: 'webhook-id',
          idHeader: 'Content-Length',
        },
        ['header', 'idHeader', 'timestampHeader'],
      ],
      [
        'one header for two values',
        { template: '{{id}}{{timestamp}}{{body}}', header: 'X-A', timestampHeader: 'x-a', idHeader: 'X-a' },
        ['idHeader', 'timestampHeader'],
      ],
      ['a prefix that no header can hold', { prefix: 'ě=' }, ['prefix']],
      ['a prefix with a line end', { prefix: 'a\nb' }, ['prefix']],
      ['a prefix with a space inside', { prefix: 'a b=' }, ['prefix']],
      ['a secret in an HMAC', { template: '{{secret}}{{body}}' }, ['algorithm']],
      ['a digest without the secret', { algorithm: 'sha256-digest' }, ['algorithm']],
      [
        'a prefix like the timestamp',
        { template: '{{timestamp}}{{body}}', timestampHeader: 't=', prefix: 't=' },
        ['prefix'],
      ],
      [
        'a date among items',
        { template: '{{timestampHttp}}{{body}}', timestampHeader: 't=' },
        ['timestampHeader'],
      ],
      [
        'an item with a space in its name',
        { template: '{{timestamp}}{{body}}', timestampHeader: 'a b=' },
        ['timestampHeader'],
      ],
      ['a signature inside of what it signs', { header: 'form.HMAC' }, ['template']],
    ];
    for (const [title, settings, expected] of problems)
      it(`cannot have ${title}`, () => {
        assert.deepEqual(wrongGeneric(settings), expected);
      });
  });
});

describe('A signing secret', () => {
  it('shows nothing of its secrets when it is printed', () => {
    for (const scheme of ['github', 'standard-webhooks', 'generic']) {
      const secret = aSigningSecret({ scheme, credentials: { secret: WHSEC, previousSecret: WHSEC } });
      const shown = [inspect(secret, { depth: null, showHidden: true }), JSON.stringify(secret)].join();
      const key = WHSEC.slice('whsec_'.length);
      for (const part of [key, Buffer.from(key, 'base64').toString('hex'), '31 f2 90'])
        assert.equal(shown.includes(part), false, scheme);
    }
  });

  it('refuses a header that is a list, as Node.js gives them for few names', () => {
    const secret = aSigningSecret({ scheme: 'github', credentials: { secret: 'key' } });
    const headers = { 'x-hub-signature-256': ['sha256=00'] as unknown as string };
    const message = { ...received({ bytes: 'a' }, {}), headers };
    assert.deepEqual(secret.verify(message, NOW), { verified: false, reason: 'signature-missing' });
  });

  it('signs the same message in another way at another time', () => {
    const secret = aSigningSecret();
    assert.notDeepEqual(secret.sign(outgoing({}), NOW), secret.sign(outgoing({}), NOW + 1000));
  });
});
