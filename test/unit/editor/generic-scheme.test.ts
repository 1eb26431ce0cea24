import assert from 'node:assert/strict';
import { isGenericSetting, type GenericScheme } from '../../../nodes/shared/editor/generic-scheme.ts';
import { usesOf } from '../../../nodes/shared/editor/scheme-uses.ts';

const plain: GenericScheme = {
  template: '{{body}}',
  algorithm: 'sha256',
  header: '',
  prefix: '',
  timestampHeader: '',
  idHeader: '',
};

const NAMES = Object.keys(plain) as (keyof GenericScheme)[];

/** The settings that a dialog marks. */
const marked = (settings: Partial<GenericScheme>): string[] =>
  NAMES.filter((name) => !isGenericSetting(name, { ...plain, ...settings }));

describe('the checks of a scheme of one’s own', () => {
  const right: readonly Partial<GenericScheme>[] = [
    {},
    { template: '' },
    { template: 'v0:{{ timestamp }}:{{body}}', timestampHeader: 'X-Time' },
    { template: '{{timestampMs}}{{body}}', timestampHeader: 't=', prefix: 'v1=' },
    { template: '{{form.MSG}}', header: 'form.HMAC', algorithm: 'sha512' },
  ];
  for (const settings of right)
    it(`take ${JSON.stringify(settings)}`, () => assert.deepEqual(marked(settings), []));

  const wrong: Readonly<Record<keyof GenericScheme, Partial<GenericScheme>>> = {
    template: { template: '{{nothing}}{{body}}' },
    algorithm: { template: '{{secret}}{{body}}' },
    header: { header: 'Content-Type' },
    prefix: { prefix: 'a, b' },
    timestampHeader: { timestampHeader: 'X-Time' },
    idHeader: { idHeader: 'X-Id' },
  };
  for (const [name, settings] of Object.entries(wrong))
    it(`mark ${name} in ${JSON.stringify(settings)}`, () => assert.deepEqual(marked(settings), [name]));

  it('mark what contradicts another setting', () => {
    const template = '{{timestampHttp}}{{body}}';
    assert.deepEqual(marked({ template, timestampHeader: 't=' }), ['timestampHeader']);
    assert.deepEqual(marked({ template, timestampHeader: 'X-A', header: 'x-a' }), ['timestampHeader']);
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
