import { isRetentionBytes } from '../../src/delivery/retention-settings.ts';
import { isMetricsToken } from '../../src/store/metrics-token.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { randomText } from '../shared/editor/random-text.ts';
import { STORED, storedPassword } from '../shared/editor/stored-password.ts';
import { isFilled, isWholeNumber } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface HookStore {
  name: string;
  backend: string;
  file: string;
  retentionDays: number;
  retentionRows: number;
  retentionBytes: string;
}

const part = (name: string): JQuery => $(`#hook-store-${name}`);

/** A limit that is empty is the usual one. */
const isLimit = (most: number) => (text: string) => text.trim() === '' || isWholeNumber(0, most)(text);

function isSecondStore(store: EditorNode): boolean {
  let isSecond = false;
  RED.nodes.eachConfig((other) => {
    if (other.type === 'hook-store' && other.id !== store.id && other.d !== true) isSecond = true;
    return undefined;
  });
  return isSecond;
}

RED.nodes.registerType<HookStore>('hook-store', {
  category: 'config',
  hasUsers: false,
  defaults: {
    name: { value: '' },
    backend: { value: 'sqlite' },
    file: { value: 'survey-hooks.db', validate: check('hook-store.errors.file', isFilled) },
    retentionDays: { value: 30, validate: check('hook-store.errors.retentionDays', isLimit(3650)) },
    retentionRows: {
      value: 1_000_000,
      validate: check('hook-store.errors.retentionRows', isLimit(999_999_999)),
    },
    retentionBytes: {
      value: '2gb',
      validate: check(
        'hook-store.errors.retentionBytes',
        (text) => text.trim() === '' || isRetentionBytes(text),
      ),
    },
  },
  credentials: {
    metricsToken: {
      type: 'password',
      validate: check(
        'hook-store.errors.metricsToken',
        (text) => text === '' || text === STORED || isMetricsToken(text.trim()),
      ),
    },
  },
  label() {
    return this.name || this.file || 'hook-store';
  },
  oneditprepare() {
    fillMissing(this, 'node-config-input');
    part('second').toggle(isSecondStore(this));
    tokenInput(this._);
  },
});

/** Left empty it is removed: then only users of the editor read the metrics. */
function tokenInput(words: Words): void {
  storedPassword(
    {
      input: $('#node-config-input-metricsToken'),
      readable: part('token-readable'),
      stored: part('token-stored'),
      hint: part('token-hint'),
      copy: part('token-copy'),
      regenerate: part('token-generate').add(part('token-regenerate')),
      replace: part('token-remove'),
    },
    {
      generate: () => randomText(32),
      copied: words('hook-store.notice.copied'),
      hintNew: words('hook-store.hint.tokenNew'),
      hintKept: words('hook-store.hint.tokenRemoved'),
      hintEmpty: words('hook-store.hint.tokenEmpty'),
    },
  );
}
