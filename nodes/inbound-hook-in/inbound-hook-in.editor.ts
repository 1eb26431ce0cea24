import { parseByteSize } from '../../src/inbound/body/limits.ts';
import { copyOnClick } from '../shared/editor/copy-button.ts';
import { currentText } from '../shared/editor/current-text.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { newHookCredentials, newHookPath } from '../shared/editor/hook-address.ts';
import { isHookPath, isSamePath } from '../shared/editor/hook-path.ts';
import { hookPreview } from '../shared/editor/hook-preview.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { chosenSecret } from '../shared/editor/signing-choice.ts';
import { hasStoredPassword, keepIfEmpty, storedPassword } from '../shared/editor/stored-password.ts';
import { isFilled, isWholeNumber, toText } from '../shared/editor/text.ts';
import { check, checkList } from '../shared/editor/validators.ts';

interface InboundHookIn {
  name: string;
  description: string;
  path: string;
  methods: string[];
  kind: string;
  auth: string;
  signing: string;
  respond: string;
  statusCode: number;
  responseTimeout: number;
  redirect: string;
  bodyLimit: string;
  active: boolean;
}

const input = (name: string): JQuery => $(`#node-input-${name}`);
const part = (name: string): JQuery => $(`#inbound-hook-in-${name}`);
/** Whether the open dialog asks for a user name and password. */
const asksBasic = (): boolean => input('kind').val() === 'webhook' && input('auth').val() === 'basic';

/** Whether another hook in the editor would get requests of this path and one of the same methods. */
function isTaken(path: string, hook: EditorNode): boolean {
  const own = (hook as EditorNode & Partial<InboundHookIn>).methods ?? [];
  let taken = false;
  RED.nodes.eachNode((node) => {
    if (node.type !== 'inbound-hook-in' || node.id === hook.id || node.d === true) return undefined;
    const other = node as EditorNode & Partial<InboundHookIn>;
    const isShared = (other.methods ?? []).some((method) => own.includes(method));
    if (isShared && isSamePath(toText(other.path), path)) taken = true;
    return undefined;
  });
  return taken;
}

/** Checks that hold only while the dialog shows the setting. */
const whenBasic =
  (isValid: (text: string, hook: EditorNode) => boolean) =>
  (text: string, hook: EditorNode): boolean =>
    !asksBasic() || isValid(text, hook);
const whenAnswer =
  (respond: string, isValid: (text: string) => boolean) =>
  (text: string, hook: EditorNode): boolean =>
    currentText(hook, 'node-input', 'respond') !== respond || isValid(text);

/** A hook that is a form does not look at it. */
const isSigningChosenWell = (id: string, hook: EditorNode): boolean =>
  currentText(hook, 'node-input', 'kind') === 'form' || chosenSecret(id) !== 'gone';

RED.nodes.registerType<InboundHookIn>('inbound-hook-in', {
  category: 'survey hooks',
  color: '#C7E9C0',
  icon: 'survey-hooks-inbound.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: '' },
    description: { value: '' },
    path: {
      value: '',
      validate: check(
        'inbound-hook-in.errors.path',
        (path, hook) => isHookPath(path) && !isTaken(path, hook),
      ),
    },
    methods: {
      value: ['POST', 'PUT'],
      validate: checkList('inbound-hook-in.errors.methods', (methods) => methods.length > 0),
    },
    kind: { value: 'webhook' },
    auth: { value: 'basic' },
    signing: {
      value: '',
      type: 'signing-secret',
      required: false,
      validate: check('inbound-hook-in.errors.signing', isSigningChosenWell),
    },
    respond: { value: 'received' },
    statusCode: {
      value: 200,
      validate: check('inbound-hook-in.errors.statusCode', whenAnswer('received', isWholeNumber(200, 299))),
    },
    responseTimeout: {
      value: 30000,
      validate: check(
        'inbound-hook-in.errors.responseTimeout',
        whenAnswer('flow', isWholeNumber(1, 3_600_000)),
      ),
    },
    redirect: {
      value: '',
      validate: check(
        'inbound-hook-in.errors.redirect',
        whenAnswer('received', (url) => /^(?:(?:https?:\/)?\/\S*)?$/i.test(url.trim())),
      ),
    },
    bodyLimit: {
      value: '400kb',
      validate: check(
        'inbound-hook-in.errors.bodyLimit',
        (size) => size === '' || parseByteSize(size) !== undefined,
      ),
    },
    active: { value: true },
  },
  credentials: {
    username: {
      type: 'text',
      validate: check(
        'inbound-hook-in.errors.username',
        whenBasic((name) => isFilled(name) && !name.includes(':')),
      ),
    },
    password: {
      type: 'password',
      validate: check(
        'inbound-hook-in.errors.password',
        whenBasic((password, hook) => isFilled(password) || hasStoredPassword(hook)),
      ),
    },
  },
  paletteLabel() {
    return this._('inbound-hook-in.label.palette');
  },
  label() {
    return this.name || this.path || this._('inbound-hook-in.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd() {
    // A copy that is pasted beside its original gets an address and credentials of its own.
    if (this.path !== '' && !isTaken(this.path, this)) return;
    this.path = newHookPath();
    this.credentials = { ...newHookCredentials(), has_password: true };
  },
  oneditprepare() {
    const copied = this._('inbound-hook-in.notice.copied');
    fillMissing(this, 'node-input');
    for (const method of ['POST', 'PUT'])
      part(method.toLowerCase()).prop('checked', this.methods.includes(method));
    showWhen('node-input', '#inbound-hook-in-dialog');
    storedPassword(
      {
        input: input('password'),
        readable: part('password-readable'),
        stored: part('password-stored'),
        hint: part('password-hint'),
        copy: part('copy-password'),
        regenerate: part('new-password'),
        replace: part('replace-password'),
      },
      {
        generate: newPassword,
        copied,
        hintNew: this._('inbound-hook-in.hint.password'),
        hintKept: this._('inbound-hook-in.hint.passwordKept'),
      },
    );
    newPathButton(this.path);
    copyOnClick(part('copy-username'), () => toText(input('username').val()), copied);
    hookPreview(previewParts(), { copied, placeholder: this._('inbound-hook-in.placeholder.password') });
  },
  oneditsave() {
    this.methods = ['POST', 'PUT'].filter((method) => part(method.toLowerCase()).prop('checked') === true);
    keepIfEmpty(input('password'), hasStoredPassword(this));
  },
});

/** A new password, with a user name beside it where an imported hook has none. */
function newPassword(): string {
  const { username, password } = newHookCredentials();
  if (input('username').val() === '') input('username').val(username).trigger('change');
  return password;
}

/** Makes a new path, and says that senders have to be told while the dialog's is not the deployed one. */
function newPathButton(current: string): void {
  const path = input('path');
  part('new-path').on('click', () => void path.val(newHookPath()).trigger('change'));
  path.on('change input', () => void part('path-changed').toggle(current !== '' && path.val() !== current));
}

const previewParts = (): Parameters<typeof hookPreview>[0] => ({
  path: input('path'),
  kind: input('kind'),
  auth: input('auth'),
  username: input('username'),
  password: input('password'),
  post: part('post'),
  url: part('url'),
  curl: part('curl'),
  copyUrl: part('copy-url'),
  copyCurl: part('copy-curl'),
});
