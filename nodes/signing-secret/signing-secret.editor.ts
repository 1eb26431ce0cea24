import { parseUtcTime } from '../../src/platform/utc-time.ts';
import { currentText } from '../shared/editor/current-text.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { isGenericSetting, type GenericScheme } from '../shared/editor/generic-scheme.ts';
import { isPublicUrl } from '../shared/editor/public-url.ts';
import { schemeRows } from '../shared/editor/scheme-rows.ts';
import { isSecretForm } from '../shared/editor/secret-form.ts';
import { keyEncodingOf, schemeOf, secretMaker, secretRotation } from '../shared/editor/secret-inputs.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { hasStoredPassword, keepIfEmpty, STORED, storedPassword } from '../shared/editor/stored-password.ts';
import { holdsEnv, isWholeNumber } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface SigningSecret {
  name: string;
  scheme: string;
  tolerance: number;
  previousUntil: string;
  publicUrl: string;
  algorithm: string;
  encoding: string;
  header: string;
  prefix: string;
  template: string;
  timestampHeader: string;
  idHeader: string;
  keyEncoding: string;
}

const input = (name: string): JQuery => $(`#node-config-input-${name}`);
const part = (name: string): JQuery => $(`#signing-secret-${name}`);
const textOf = (node: EditorNode, name: string): string => currentText(node, 'node-config-input', name);
/** A check of one of the settings that only the generic scheme reads, beside the others as they are now. */
const checkGeneric = (setting: keyof GenericScheme): Validator =>
  check(`signing-secret.errors.${setting}`, (text, node) => {
    const now = (name: keyof GenericScheme): string => (name === setting ? text : textOf(node, name));
    const settings = {
      template: now('template'),
      algorithm: now('algorithm'),
      header: now('header'),
      prefix: now('prefix'),
      timestampHeader: now('timestampHeader'),
      idHeader: now('idHeader'),
    };
    const isOpen = Object.values(settings).some(holdsEnv);
    return isOpen || textOf(node, 'scheme') !== 'generic' || isGenericSetting(setting, settings);
  });
const isForm = (text: string, node: EditorNode): boolean =>
  text === STORED ||
  isSecretForm(text, schemeOf(textOf(node, 'scheme')), keyEncodingOf(textOf(node, 'keyEncoding')));

RED.nodes.registerType<SigningSecret>('signing-secret', {
  category: 'config',
  defaults: {
    name: { value: '' },
    scheme: { value: 'standard-webhooks' },
    tolerance: {
      value: 300,
      validate: check('signing-secret.errors.tolerance', isWholeNumber(0, 31_622_400)),
    },
    previousUntil: {
      value: '',
      validate: check(
        'signing-secret.errors.previousUntil',
        (text) => text === '' || parseUtcTime(text) !== undefined,
      ),
    },
    publicUrl: {
      value: '',
      validate: check('signing-secret.errors.publicUrl', (text) => text === '' || isPublicUrl(text)),
    },
    algorithm: { value: 'sha256', validate: checkGeneric('algorithm') },
    encoding: { value: 'hex' },
    header: { value: '', validate: checkGeneric('header') },
    prefix: { value: '', validate: checkGeneric('prefix') },
    template: { value: '{{body}}', validate: checkGeneric('template') },
    timestampHeader: { value: '', validate: checkGeneric('timestampHeader') },
    idHeader: { value: '', validate: checkGeneric('idHeader') },
    keyEncoding: { value: 'utf8' },
  },
  credentials: {
    secret: {
      type: 'password',
      validate: check('signing-secret.errors.secret', (text, node) =>
        text === '' ? hasStoredPassword(node, 'secret') : isForm(text, node),
      ),
    },
    previousSecret: {
      type: 'password',
      validate: check(
        'signing-secret.errors.previousSecret',
        (text, node) => text === '' || isForm(text, node),
      ),
    },
  },
  label() {
    return this.name || this.scheme || 'signing-secret';
  },
  oneditprepare() {
    fillMissing(this, 'node-config-input');
    showWhen('node-config-input', '#signing-secret-dialog');
    const [scheme, template] = [input('scheme'), input('template')];
    schemeRows(
      {
        dialog: part('dialog'),
        scheme,
        template,
        timestampHeader: input('timestampHeader'),
        where: part('where'),
      },
      this._,
    );
    secretInput(this._);
    previousInput(this._);
    secretRotation({
      secret: input('secret'),
      previous: input('previousSecret'),
      untilRow: part('until-row'),
      notice: part('changed'),
    });
  },
  oneditsave() {
    keepIfEmpty(input('secret'), hasStoredPassword(this, 'secret'));
  },
});

function secretInput(words: Words): void {
  const secret = input('secret');
  const forms = { scheme: input('scheme'), keyEncoding: input('keyEncoding') };
  storedPassword(
    {
      input: secret,
      readable: part('readable'),
      stored: part('stored'),
      hint: part('hint'),
      copy: part('copy'),
      regenerate: part('generate').add(part('regenerate')),
      replace: part('replace'),
    },
    {
      generate: secretMaker(secret, forms),
      copied: words('signing-secret.notice.copied'),
      hintNew: words('signing-secret.hint.secret'),
      hintKept: words('signing-secret.hint.secretKept'),
      hintEmpty: words('signing-secret.hint.secretEmpty'),
    },
  );
}

/** Left empty it is removed, which ends a rotation. */
function previousInput(words: Words): void {
  storedPassword(
    {
      input: input('previousSecret'),
      readable: part('previous-readable'),
      stored: part('previous-stored'),
      hint: part('previous-hint'),
      replace: part('previous-remove'),
    },
    {
      copied: words('signing-secret.notice.copied'),
      hintNew: words('signing-secret.hint.previous'),
      hintKept: words('signing-secret.hint.previousRemoved'),
    },
  );
}
