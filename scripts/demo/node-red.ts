/** The demo's Node-RED: a child process that writes its log to a file. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const redJs = path.join(import.meta.dirname, '..', '..', 'node_modules', 'node-red', 'red.js');
const settings = path.join(import.meta.dirname, 'settings.json');

export interface NodeRed {
  /** Resolves with its exit code when it has ended, whoever ended it. */
  readonly ended: Promise<number>;
  /** Resolves when the flows run; rejects when it ends before that. */
  readonly ready: Promise<void>;
  stop(): Promise<number>;
}

interface Start {
  readonly folder: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

export function startNodeRed({ folder, port, env }: Start): NodeRed {
  const child = spawn(process.execPath, [redJs, '-u', folder, '-s', settings, '-p', String(port)], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(path.join(folder, 'node-red.log'));
  let output = '';
  let isReady: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.write(text);
      output = (output + text).slice(-4000);
      if (output.includes('Started flows')) isReady();
      if (text.includes('[error]')) process.stderr.write(text);
    });
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      log.end();
      resolve(code ?? 1);
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve;
    void ended.then(() => reject(new Error(`Node-RED did not start:\n${output}`)));
  });
  return {
    ended,
    ready,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The wanted port if it is free, or for 0 one that is; undefined = somebody else has it. */
export async function findPort(wanted: number): Promise<number | undefined> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : wanted;
      probe.close(() => resolve(port));
    });
  });
}
