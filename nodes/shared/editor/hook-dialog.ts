import { apiKeyList } from './api-key-list.ts';
import { copyOnClick } from './copy-button.ts';
import { dedupeChoice } from './dedupe-choice.ts';
import { newHookCredentials, newHookPath } from './hook-address.ts';
import { hookDebug } from './hook-debug.ts';
import { hookPreview } from './hook-preview.ts';
import { hostNotes } from './host-notes.ts';
import { showWhen } from './show-when.ts';
import { storedPassword } from './stored-password.ts';
import { showTabs } from './tabs.ts';
import { toText } from './text.ts';

const input = (name: string): JQuery => $(`#node-input-${name}`);
const part = (name: string): JQuery => $(`#inbound-hook-in-${name}`);

/** Brings the dialog of an inbound hook to life. Answers what ends its listening. */
export function hookDialog(hook: EditorNode, path: string): () => void {
  const copied = hook._('inbound-hook-in.notice.copied');
  const debug = hookDebug(hook, (key, values) => hook._(`inbound-hook-in.debug.${key}`, values));
  showTabs('inbound-hook-in-tabs', [
    { id: 'inbound-hook-in-tab-address', label: hook._('inbound-hook-in.tab.address') },
    { id: 'inbound-hook-in-tab-senders', label: hook._('inbound-hook-in.tab.senders') },
    { id: 'inbound-hook-in-tab-answer', label: hook._('inbound-hook-in.tab.answer') },
    { id: 'inbound-hook-in-tab-debug', label: hook._('inbound-hook-in.tab.debug'), onShow: debug.show },
  ]);
  passwordRow(hook, copied);
  newPathButton(path);
  copyOnClick(part('copy-username'), () => toText(input('username').val()), copied);
  const newKey = apiKeyList(
    {
      stored: input('apiKeys'),
      role: input('role'),
      list: part('keys'),
      add: part('add-key'),
      failed: part('key-failed'),
    },
    hook._,
  );
  dedupeChoice({
    dedupe: input('dedupe'),
    choice: part('dedupe'),
    place: part('dedupe-place'),
    placeRow: part('dedupe-row'),
    hints: $('#inbound-hook-in-dialog [data-choice]'),
  });
  showWhen('node-input', '#inbound-hook-in-dialog');
  hostNotes(
    {
      kind: input('kind'),
      auth: input('auth'),
      signing: input('signing'),
      list: part('host'),
      section: part('host-section'),
      open: part('open'),
      form: part('form'),
    },
    hook._,
  );
  hookPreview(previewParts(), previewWords(hook, copied), newKey);
  return debug.stop;
}

function passwordRow(hook: EditorNode, copied: string): void {
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
      hintNew: hook._('inbound-hook-in.hint.password'),
      hintKept: hook._('inbound-hook-in.hint.passwordKept'),
    },
  );
}

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

const previewWords = (hook: EditorNode, copied: string): Parameters<typeof hookPreview>[1] => ({
  copied,
  password: hook._('inbound-hook-in.placeholder.password'),
  key: hook._('inbound-hook-in.placeholder.key'),
});

const previewParts = (): Parameters<typeof hookPreview>[0] => ({
  path: input('path'),
  kind: input('kind'),
  auth: input('auth'),
  username: input('username'),
  password: input('password'),
  apiKeys: input('apiKeys'),
  apiKeyHeader: input('apiKeyHeader'),
  post: part('post'),
  url: part('url'),
  curl: part('curl'),
  copyUrl: part('copy-url'),
  copyCurl: part('copy-curl'),
});
