/** A real DNS server on 127.0.0.1 that answers for every name what a script says. */
import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** The IPv4 addresses of the answer to the n-th question (from 0); `servfail` and `nxdomain` are answers without. */
export type DnsScript = (question: number) => readonly string[] | 'servfail' | 'nxdomain';

const HEADER_BYTES = 12;
const CODES = { servfail: 2, nxdomain: 3 } as const;

export class DnsServer {
  readonly #socket: Socket;
  readonly #resolver: Resolver;
  #script: DnsScript;
  #questionCount = 0;

  private constructor(socket: Socket, script: DnsScript) {
    this.#socket = socket;
    this.#script = script;
    this.#resolver = new Resolver({ timeout: 1000, tries: 1 });
    this.#resolver.setServers([`127.0.0.1:${socket.address().port}`]);
    socket.on('message', (question, { port, address }) => {
      socket.send(this.#answer(question), port, address);
    });
  }

  static async start(script: DnsScript): Promise<DnsServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new DnsServer(socket, script);
  }

  /** How many questions have come. */
  get questionCount(): number {
    return this.#questionCount;
  }

  /** Answers by another script, which counts from 0 again. */
  answer(script: DnsScript): void {
    this.#script = script;
    this.#questionCount = 0;
  }

  /** Looks names up here, anew each time. */
  get lookup(): LookupFunction {
    return (host, _options, callback) => {
      this.#resolver.resolve4(host, (error, addresses) => {
        if (error) callback(error, []);
        else
          callback(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          );
      });
    };
  }

  async stop(): Promise<void> {
    this.#resolver.cancel();
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }

  /** RFC 1035, 4.1: the question again, and the answers with a pointer to its name and no time to live. */
  #answer(question: Buffer): Buffer {
    const said = this.#script(this.#questionCount++);
    const addresses = typeof said === 'string' ? [] : said;
    const head = Buffer.from(question.subarray(0, HEADER_BYTES));
    head.writeUInt16BE(0x8180 | (typeof said === 'string' ? CODES[said] : 0), 2);
    head.writeUInt16BE(addresses.length, 6);
    head.writeUInt32BE(0, 8);
    const nameEnd = question.indexOf(0, HEADER_BYTES) + 1;
    const records = addresses.map((address) =>
      Buffer.from([0xc0, HEADER_BYTES, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([head, question.subarray(HEADER_BYTES, nameEnd + 4), ...records]);
  }
}
