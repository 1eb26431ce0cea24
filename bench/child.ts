import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';

const scriptOf = (name: string): string => path.join(import.meta.dirname, name);

/** The receiver's process. */
export class ReceiverProcess {
  readonly #child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}/`;
  }

  static async start(): Promise<ReceiverProcess> {
    const child = fork(scriptOf('receiver.ts'));
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new ReceiverProcess(child, port);
  }

  reset(): void {
    this.#child.send('reset');
  }

  async count(): Promise<{ count: number; seconds: number }> {
    this.#child.send('count');
    const [counted] = (await once(this.#child, 'message')) as [{ count: number; seconds: number }];
    return counted;
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Requests a second that a URL answers with 200. */
export async function load(url: string, seconds: number, authorization: string): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [scriptOf('load.ts'), url, String(seconds), authorization]);
  return Number(stdout);
}
