import { copyOnClick } from '../shared/editor/copy-button.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { hookDebug } from '../shared/editor/hook-debug.ts';
import { isLocalPart, isSameLocalPart, newLocalPart } from '../shared/editor/mail-address.ts';
import { showWhen } from '../shared/editor/show-when.ts';
import { showTabs } from '../shared/editor/tabs.ts';
import { toText } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface EmailHookIn {
  name: string;
  description: string;
  listener: string;
  address: string;
  debug: boolean;
  active: boolean;
}

/** Ends what the open dialog listens to. Dialogs of this type cannot lie over each other. */
let stopListening = (): void => undefined;

const input = (name: string): JQuery => $(`#node-input-${name}`);
const part = (name: string): JQuery => $(`#email-hook-in-${name}`);

/** Whether another hook in the editor has this address at the same listener. */
function isTaken(address: string, hook: EditorNode): boolean {
  const own = (hook as EditorNode & Partial<EmailHookIn>).listener;
  let taken = false;
  RED.nodes.eachNode((node) => {
    if (node.type !== 'email-hook-in' || node.id === hook.id || node.d === true) return undefined;
    const other = node as EditorNode & Partial<EmailHookIn>;
    if (other.listener === own && isSameLocalPart(toText(other.address), address)) taken = true;
    return undefined;
  });
  return taken;
}

RED.nodes.registerType<EmailHookIn>('email-hook-in', {
  category: 'survey hooks',
  color: '#76B87F',
  icon: 'survey-hooks-email.svg',
  inputs: 0,
  outputs: 1,
  defaults: {
    name: { value: '' },
    description: { value: '' },
    listener: { value: '', type: 'email-listener', required: true },
    address: {
      value: '',
      validate: check(
        'email-hook-in.errors.address',
        (address, hook) => isLocalPart(address) && !isTaken(address, hook),
      ),
    },
    debug: { value: false },
    active: { value: true },
  },
  paletteLabel() {
    return this._('email-hook-in.label.palette');
  },
  label() {
    return this.name || this.address || this._('email-hook-in.label.palette');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd() {
    // A copy that is pasted beside its original gets an address of its own.
    if (this.address === '' || isTaken(this.address, this)) this.address = newLocalPart();
  },
  oneditprepare() {
    fillMissing(this, 'node-input');
    const debug = hookDebug(this, (key, values) => this._(`email-hook-in.debug.${key}`, values));
    stopListening = debug.stop;
    showTabs('email-hook-in-tabs', [
      { id: 'email-hook-in-tab-address', label: this._('email-hook-in.tab.address') },
      { id: 'email-hook-in-tab-debug', label: this._('email-hook-in.tab.debug'), onShow: debug.show },
    ]);
    showWhen('node-input', '#email-hook-in-dialog');
    newAddressButton(this.address);
    showFullAddress(this._);
    copyOnClick(part('copy'), () => part('full').text(), this._('email-hook-in.notice.copied'));
  },
  oneditsave() {
    stopListening();
  },
  oneditcancel() {
    stopListening();
  },
  oneditdelete() {
    stopListening();
  },
});

/** Makes a new address, and says that senders have to be told while the dialog's is not the deployed one. */
function newAddressButton(current: string): void {
  const address = input('address');
  part('new-address').on('click', () => void address.val(newLocalPart()).trigger('change'));
  address.on(
    'change input',
    () => void part('address-changed').toggle(current !== '' && address.val() !== current),
  );
}

/** Shows the address that senders write to, as the dialog's inputs stand. */
function showFullAddress(words: Words): void {
  const update = (): void => {
    const listener = RED.nodes.node(toText(input('listener').val()));
    const domain = toText((listener as { domain?: unknown } | null | undefined)?.domain).trim();
    const shown = domain === '' ? words('email-hook-in.placeholder.domain') : domain;
    part('full').text(`${toText(input('address').val()).trim()}@${shown}`);
    part('no-domain').toggle(domain === '');
  };
  input('address').on('change input', update);
  input('listener').on('change', update);
  update();
}
