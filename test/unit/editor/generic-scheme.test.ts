import assert from 'node:assert/strict';
import { GENERIC_CHECKS, type GenericScheme } from '../../../nodes/shared/editor/generic-scheme.ts';
import { usesOf } from '../../../nodes/shared/editor/scheme-uses.ts';
import { parseSigningSecret } from '../../../src/signature/signing-secret-settings.ts';

const plain: GenericScheme = {
  template: '{{body}}',
  algorithm: 'sha256',
  header: '',
  prefix: '',
  timestampHeader: '',
  idHeader: '',
};

const isTaken = (scheme: GenericScheme): boolean =>
  parseSigningSecret({ id: 'a', scheme: 'generic', ...scheme, credentials: { secret: 'x' } }).kind ===
  'valid';

const SETTINGS: readonly Partial<GenericScheme>[] = [
  {},
  { template: '' },
  { template: 'v0:{{ timestamp }}:{{body}}', timestampHeader: 'X-Time' },
  { template: '{{timestampMs}}{{body}}', timestampHeader: 't=', prefix: 'v1=' },
  { template: 'Date: {{timestampHttp}}\\n{{body}}', timestampHeader: 'Date' },
  { template: '{{id}}.{{body}}', idHeader: 'X-Id' },
  { template: '{{method}}{{url}}{{header.x-event}}{{body}}' },
  { template: '{{form.MSG}}', header: 'form.HMAC', algorithm: 'sha512' },
  { template: '{{secret}}{{body}}', algorithm: 'sha256-digest' },
  { template: '{{nothing}}{{body}}' },
  { template: '{{header.a b}}{{body}}' },
  { template: 'static' },
  { template: '{{id}}' },
  { template: '{{timestamp}}{{body}}' },
  { timestampHeader: 'X-Time' },
  { timestampHeader: 'not a header', template: '{{timestamp}}{{body}}' },
  { idHeader: 'X-Id' },
  { template: '{{id}}{{body}}', idHeader: 'a b' },
  { template: '{{secret}}{{body}}' },
  { algorithm: 'sha256-digest' },
  { header: 'a b' },
  { header: 'form.' },
  { header: 'X-Own' },
  { header: 'Content-Type' },
  { header: 'webhook-id' },
  { template: '{{id}}.{{body}}', idHeader: 'webhook-id' },
  { template: '{{id}}.{{body}}', idHeader: 'Host' },
  { template: '{{timestamp}}.{{body}}', timestampHeader: 'user-agent' },
  { prefix: 'HMAC ' },
  { prefix: 'a, b' },
  { prefix: 'sha256=' },
];

describe('the checks of a scheme of one’s own', () => {
  for (const settings of SETTINGS)
    it(`agree with the running flow on ${JSON.stringify(settings)}`, () => {
      const scheme = { ...plain, ...settings };
      const isFine = Object.values(GENERIC_CHECKS).every((isValid) => isValid(scheme));
      assert.equal(isFine, isTaken(scheme));
    });
});

describe('usesOf', () => {
  const uses = (scheme: string, settings: Partial<GenericScheme> = {}): string[] =>
    [...usesOf(scheme, { ...plain, ...settings })].toSorted();

  it('says what the dialog asks of each kind of scheme', () => {
    assert.deepEqual(uses('standard-webhooks'), ['both', 'time']);
    assert.deepEqual(uses('github'), ['no-time', 'one']);
    assert.deepEqual(uses('hubspot-v3'), ['one', 'time', 'url']);
    assert.deepEqual(uses('none that is known'), []);
  });

  it('reads what a scheme of one’s own uses from its settings', () => {
    assert.deepEqual(uses('generic'), ['generic', 'no-time', 'one']);
    assert.deepEqual(uses('generic', { template: '{{ url }}{{timestampIso}}{{body}}' }), [
      'generic',
      'one',
      'time',
      'url',
    ]);
    const stripeLike = { template: '{{timestamp}}.{{body}}', timestampHeader: 't=' };
    assert.deepEqual(uses('generic', stripeLike), ['both', 'generic', 'time']);
  });
});
