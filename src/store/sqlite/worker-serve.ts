import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import path from 'node:path';
import { storeError, toWire } from './errors.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts';

/** What a worker thread does with requests once it has its connection. */
export interface Served {
  answer(request: unknown): unknown;
  close(): void;
}

/** Runs a worker thread of the store: opens, answers requests one after the other, and closes when told to. */
export function serve(open: (settings: WorkerSettings) => Served): void {
  if (!parentPort) throw new Error('This file runs in a worker thread.');
  const port = parentPort;
  const settings = workerData as WorkerSettings;
  const fileName = path.basename(settings.file);
  try {
    const served = open(settings);
    port.on('message', (message: ToWorker) => receive({ port, served, fileName }, message));
    post(port, { kind: 'ready' });
  } catch (error) {
    post(port, { kind: 'refused', error: toWire(storeError(error, fileName)) });
  }
}

function receive(
  { port, served, fileName }: { port: MessagePort; served: Served; fileName: string },
  message: ToWorker,
): void {
  if (message.kind === 'close') {
    served.close();
    port.close();
    return;
  }
  const { id } = message;
  try {
    post(port, { kind: 'answer', id, value: served.answer(message.request) });
  } catch (error) {
    post(port, { kind: 'error', id, error: toWire(storeError(error, fileName)) });
  }
}

const post = (port: MessagePort, message: FromWorker): void => port.postMessage(message);
