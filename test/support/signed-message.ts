import type { Received, SigningSecret } from '../../src/signature/signing-secret.ts';
import type { OutgoingMessage } from '../../src/signature/scheme.ts';

/** A message as tests write it; what is left out is empty, or something that every scheme can sign. */
export interface TestMessage {
  readonly bytes?: Uint8Array | string;
  readonly id?: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const HOST = 'https://hooks.example.com';

/** A message to sign. */
export function outgoing(message: TestMessage): OutgoingMessage {
  const { bytes = '', id = 'msg_1', method = 'POST', url = `${HOST}/hook?a=1`, headers = {} } = message;
  return { bytes: Buffer.from(bytes), id, method, url, headers };
}

/** What arrives of a message that was sent with more headers. */
export function received(message: TestMessage, headers: Readonly<Record<string, string>>): Received {
  const { bytes, method, url, headers: own } = outgoing(message);
  const [origin, target] = /^(\w+:\/\/[^/]*)(.*)$/s.exec(url ?? '')?.slice(1) ?? [];
  const all = Object.entries({ ...own, ...headers }).map(([name, value]) => [name.toLowerCase(), value]);
  return { bytes, method, origin, target, headers: Object.fromEntries(all) as Record<string, string> };
}

/** What arrives of a message that was signed. */
export const signAndSend = (secret: SigningSecret, message: TestMessage, now: number): Received =>
  received(message, secret.sign(outgoing(message), now));
