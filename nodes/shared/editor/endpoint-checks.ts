import { isHeaderValue } from '../../../src/platform/http-header.ts';
import { chosenConfig } from './config-choice.ts';
import { currentText } from './current-text.ts';
import { headerValueFault, type Fault } from './endpoint-texts.ts';
import { isHeader, readHeader, type Header } from './header.ts';
import { chosenSecret } from './signing-choice.ts';
import { isFilled } from './text.ts';
import { isPlainHttp } from './url.ts';

/** What a setting says now, in the open dialog or else in the node. */
export const textOf = (node: EditorNode, name: string): string =>
  currentText(node, 'node-config-input', name);

/** A check that holds only while the authentication is of that kind. */
export const whenAuth =
  (auth: string, isValid: (text: string, node: EditorNode) => boolean) =>
  (text: string, node: EditorNode): boolean =>
    textOf(node, 'auth') !== auth || isValid(text, node);

/** Whether a secret can stand in a header. */
export const canBeSent = (text: string): boolean => isFilled(text) && isHeaderValue(text);

/** Receivers that know senders by a key alone take it as the password, without a user name. */
export const isPasswordThere = (node: EditorNode): boolean => textOf(node, 'password') !== '';
/** What is wrong with the headers: they must be such as can be sent, and leave alone the one that the authentication sets. */
export function headersFault(value: unknown, node: EditorNode): Fault {
  const headers = (Array.isArray(value) ? value : []).map(readHeader);
  const auth = textOf(node, 'auth');
  const own = auth === 'header' ? textOf(node, 'authHeader').toLowerCase() : 'authorization';
  const isTwice = ({ name }: Header): boolean => auth !== 'none' && name.trim().toLowerCase() === own;
  const faults = headers.map((header) => headerValueFault(header.value));
  const areUsable = headers.every((header) => isHeader(header) && !isTwice(header));
  return faults.find((fault) => fault !== undefined) ?? (areUsable ? undefined : '');
}

/** Twilio's scheme signs the fields of a form; for JSON the URL would have to be another with every body. */
export function isSigningChosenWell(id: string, node: EditorNode): boolean {
  const secret = chosenSecret(id);
  if (secret === undefined || secret === 'gone') return secret === undefined;
  const hasBody = !['GET', 'DELETE'].includes(textOf(node, 'method'));
  const sendsJson = hasBody && textOf(node, 'contentType') !== 'form';
  return !(sendsJson && 'scheme' in secret && secret.scheme === 'twilio');
}

/** Without TLS there is nothing for a TLS configuration to do, which whoever chose one does not expect. */
export function isTlsChosenWell(id: string, node: EditorNode): boolean {
  const tls = chosenConfig(id, 'tls-config');
  return tls === undefined || (tls !== 'gone' && !isPlainHttp(textOf(node, 'url')));
}

const WORDS = {
  url: { label: 'webhook-endpoint.label.url', error: 'webhook-endpoint.errors.url' },
  secretUrl: { label: 'webhook-endpoint.label.secretUrl', error: 'webhook-endpoint.errors.secretUrl' },
  headers: { label: 'webhook-endpoint.label.headers', error: 'webhook-endpoint.errors.headers' },
} as const;

/** A fault of a setting in words: its own after the setting's label, else those for whatever is wrong with that setting. */
export function faultWords(
  fault: Fault,
  setting: keyof typeof WORDS,
  { _: words }: EditorNode,
): string | undefined {
  if (fault === undefined) return undefined;
  const { label, error } = WORDS[setting];
  return fault === '' ? words(error) : `${words(label)}: ${fault}`;
}
