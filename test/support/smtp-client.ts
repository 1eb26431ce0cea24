/** Someone who speaks SMTP as it pleases them. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from './until.ts';

export class SmtpClient {
  #text = '';
  #isClosed = false;
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => (this.#text += text));
    socket.on('error', () => undefined).on('close', () => (this.#isClosed = true));
  }

  /** Connects and waits for the greeting, or what stands in its place. */
  static async connect(port: number, host = '127.0.0.1'): Promise<SmtpClient> {
    const socket = connect(port, host);
    await once(socket, 'connect');
    const client = new SmtpClient(socket);
    await client.reply();
    return client;
  }

  /** Connects and says hello. */
  static async ready(port: number): Promise<SmtpClient> {
    const client = await SmtpClient.connect(port);
    await client.say('EHLO client.example');
    return client;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The last line of the latest reply; waits for it. */
  async reply(timeoutMs = 5000): Promise<string> {
    await until(() => /^\d{3}(?: .*)?\r\n/m.test(this.#text), {
      timeoutMs,
      what: () => `a reply, not ${this.#text}`,
    });
    const end = /^\d{3}(?: .*)?\r\n/m.exec(this.#text);
    const line = end?.[0] ?? '';
    this.#text = this.#text.slice((end?.index ?? 0) + line.length);
    return line.trim();
  }

  /** Sends a line and answers the last line of its reply. */
  async say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** All lines of the reply to a line. */
  async ask(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    await until(() => /^\d{3}(?: .*)?\r\n/m.test(this.#text), { what: () => `a reply, not ${this.#text}` });
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** Sends a mail to its end; answers the replies to MAIL, each RCPT and the data, as far as it came. */
  async send(to: readonly string[], mail: string | Buffer): Promise<string[]> {
    const replies = [await this.say('MAIL FROM:<shop@example.com>')];
    for (const address of to) replies.push(await this.say(`RCPT TO:<${address}>`));
    if (!replies.some((reply, at) => at > 0 && reply.startsWith('250'))) return replies;
    await this.say('DATA');
    this.socket.write(mail);
    replies.push(await this.say('\r\n.'));
    return replies;
  }

  close(): void {
    this.socket.destroy();
  }
}
