import { RawConnection } from './gate-server.ts';

interface SlowSending {
  readonly port: number;
  /** What goes out at once. */
  readonly lines: readonly string[];
  /** Whether the head never ends, so that the body never begins. */
  readonly isHead: boolean;
  /** How long the first byte waits, in ms: many senders do not send in step. */
  readonly afterMs: number;
}

/** Somebody who sends a byte a second. */
export class SlowSender {
  readonly connection: RawConnection;
  sentCount = 0;
  #timer: NodeJS.Timeout;

  private constructor(connection: RawConnection, afterMs: number) {
    this.connection = connection;
    this.#timer = setTimeout(() => {
      this.#send();
      this.#timer = setInterval(() => this.#send(), 1000);
    }, afterMs);
  }

  static async start({ port, lines, isHead, afterMs }: SlowSending): Promise<SlowSender> {
    const connection = await RawConnection.open(port);
    if (isHead) connection.socket.write(`${lines.join('\r\n')}\r\nX-Slow: `);
    else connection.send(lines);
    return new SlowSender(connection, afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.connection.close();
  }

  #send(): void {
    if (this.connection.isEnded) return;
    this.connection.socket.write('1');
    this.sentCount++;
  }
}
