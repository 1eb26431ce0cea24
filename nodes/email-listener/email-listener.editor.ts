import { parseMailSize } from '../../src/email/mail-size.ts';
import { isAddressList } from '../shared/editor/address-list.ts';
import { fillMissing } from '../shared/editor/fill-missing.ts';
import { isFilled, isWholeNumber, toText } from '../shared/editor/text.ts';
import { check } from '../shared/editor/validators.ts';

interface EmailListener {
  name: string;
  host: string;
  port: number;
  domain: string;
  maxSize: string;
  tls: string;
  allowedClients: string;
}

const input = (name: string): JQuery => $(`#node-config-input-${name}`);

/** Whether only programs on the same machine can reach it. */
const isLocal = (host: string): boolean => /^(?:127\.[\d.]+|::1|localhost|)$/i.test(host.trim());

RED.nodes.registerType<EmailListener>('email-listener', {
  category: 'config',
  defaults: {
    name: { value: '' },
    host: { value: '127.0.0.1', validate: check('email-listener.errors.host', isFilled) },
    port: { value: 2525, validate: check('email-listener.errors.port', isWholeNumber(0, 65_535)) },
    domain: {
      value: '',
      validate: check('email-listener.errors.domain', (text) => !/[\s@/:]/.test(text.trim())),
    },
    maxSize: {
      value: '10mb',
      validate: check('email-listener.errors.maxSize', (size) => parseMailSize(size) !== undefined),
    },
    tls: { value: '', type: 'tls-config', required: false },
    allowedClients: {
      value: '',
      validate: check('email-listener.errors.allowedClients', isAddressList),
    },
  },
  label() {
    return this.name || this.domain || `${this.host}:${this.port}`;
  },
  oneditprepare() {
    fillMissing(this, 'node-config-input');
    const [host, allowedClients] = [input('host'), input('allowedClients')];
    const update = (): void =>
      void $('#email-listener-open').toggle(
        !isLocal(toText(host.val())) && !isFilled(toText(allowedClients.val())),
      );
    host.on('change input', update);
    allowedClients.on('change input', update);
    update();
  },
});
