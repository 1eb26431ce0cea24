import net from 'node:net';
import { parseAnswers, type Answer } from './answers.ts';
import type { Conversation, Piece } from './conversation.ts';

/** How a conversation went. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** What came back and is no whole response. */
  readonly rest: string;
  /** Whether the server ended its side. */
  readonly hasEnded: boolean;
}

/** How long a request is waited for that must be answered, and one that need not be. */
const PATIENCE_MS = { whole: 15_000, other: 200 };
/** How long the server may take to end a connection that the sender has ended. */
const END_MS = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Says what there is to say over a connection of its own, and listens. */
export async function converse(port: number, conversation: Conversation): Promise<Outcome> {
  const { drafts, ending, pieces, isWhole } = conversation;
  const connection = await Listener.open(port);
  await sendPieces(connection, pieces);
  if (ending === 'reset') connection.socket.resetAndDestroy();
  else if (ending === 'leave') connection.socket.destroy();
  const mayBeHeads = drafts.some(({ method }) => method === 'HEAD');
  const parse = () => parseAnswers(connection.received, mayBeHeads);
  const patience = isWhole ? PATIENCE_MS.whole : PATIENCE_MS.other;
  await connection.waitUntil(() => parse().answers.length >= drafts.length, patience);
  connection.socket.end();
  await connection.waitUntil(() => false, END_MS);
  const { hasEnded } = connection;
  connection.socket.destroy();
  return { ...parse(), hasEnded };
}

async function sendPieces(connection: Listener, pieces: readonly Piece[]): Promise<void> {
  for (const { bytes, afterMs } of pieces) {
    if (afterMs > 0) await pause(afterMs);
    if (connection.hasEnded) return;
    connection.socket.write(bytes);
  }
}

class Listener {
  received = '';
  hasEnded = false;
  readonly socket: net.Socket;
  #wake: () => void = () => undefined;

  private constructor(socket: net.Socket) {
    this.socket = socket;
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text: string) => {
      this.received += text;
      this.#wake();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.hasEnded = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<Listener> {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    const listener = new Listener(socket);
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
    return listener;
  }

  /** Resolves when the condition holds, the connection is gone, or nothing has come for that long. */
  async waitUntil(condition: () => boolean, quietMs: number): Promise<void> {
    while (!this.hasEnded && !condition()) {
      const hasNews = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), quietMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
      if (!hasNews) return;
    }
  }
}
