/** A real Node-RED in a process of its own, with default roots, on an ephemeral port of 127.0.0.1. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { call, type Response } from './http.ts';
import { until } from './until.ts';

const modules = path.join(import.meta.dirname, '..', '..', 'node_modules');

/** The packages that hold Node-RED, by its major version. */
const PACKAGES = { 5: 'node-red', 4: 'node-red-4' } as const;

/** A node of a flow file. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}

/** By node id, then by name of the credential. */
export type Credentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A row of the log, as the admin API lists it. */
export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly listeningPost: string;
  readonly endpoint: string;
  readonly endpointName: string;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastResponseCode: number | null;
  readonly lastResponse: string;
  readonly attempts: number;
  readonly status: 'Succeeded' | 'Failed' | 'In Progress';
  readonly nextAttemptAt: string | null;
}

interface StartOptions {
  readonly userDir: string;
  /** Node-RED's major version; 5 if absent. */
  readonly version?: keyof typeof PACKAGES;
  /** Written before the start; without them those of the user directory run, as after a restart. */
  readonly flows?: readonly FlowNode[];
  readonly credentials?: Credentials;
  readonly env?: Readonly<Record<string, string>>;
  /** 0 = any that is free. */
  readonly port?: number;
  /** Over the settings file that Node-RED gives to a new user. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const SETTINGS = {
  uiHost: '127.0.0.1',
  // The test knows the credentials anyhow, and writes them without Node-RED's key.
  credentialSecret: false,
  'telemetry.enabled': false,
  'editorTheme.tours': false,
};

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export class NodeRed {
  /** Everything it printed so far. */
  output = '';
  port = 0;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals>;
  #hasEnded = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        running.delete(child);
        this.#hasEnded = true;
        resolve(code ?? signal ?? 1);
      });
    });
  }

  /** Resolves when it listens and its flows run. */
  static async start(options: StartOptions): Promise<NodeRed> {
    const { userDir, flows, credentials, env = {}, port = 0, version = 5 } = options;
    if (flows) await writeFile(path.join(userDir, 'flows.json'), JSON.stringify(flows));
    if (credentials) await writeSecret(path.join(userDir, 'flows_cred.json'), credentials);
    const defines = Object.entries({ ...SETTINGS, ...options.settings }).flatMap(([name, value]) => [
      '-D',
      `${name}=${JSON.stringify(value)}`,
    ]);
    const redJs = path.join(modules, PACKAGES[version], 'red.js');
    const child = spawn(process.execPath, [redJs, '-u', userDir, '-p', String(port), ...defines], {
      cwd: userDir,
      env: { ...process.env, FORCE_COLOR: '0', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const nodeRed = new NodeRed(child);
    try {
      await nodeRed.#waitForFlows();
    } catch (error) {
      await nodeRed.kill9();
      throw error;
    }
    return nodeRed;
  }

  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isRunning(): boolean {
    return !this.#hasEnded;
  }

  /** Resolves when the process is gone, with its exit code or the signal that ended it. */
  get ended(): Promise<number | NodeJS.Signals> {
    return this.#ended;
  }

  /** Asks it to stop and waits; answers the exit code, or the signal that ended it. After 20 s it is killed. */
  async stop(): Promise<number | NodeJS.Signals> {
    if (this.isRunning) this.#child.kill('SIGTERM');
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), 20_000);
    const code = await this.#ended;
    clearTimeout(impatience);
    return code;
  }

  /** Ends it without a word, as a crash or a power cut would. */
  async kill9(): Promise<void> {
    if (this.isRunning) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Deploys through the admin API and waits until the flows run again. */
  async deploy(
    flows: readonly FlowNode[],
    type: 'full' | 'flows' | 'nodes' | 'reload' = 'full',
  ): Promise<void> {
    const started = this.#countStarts();
    const answer = await this.admin('flows', {
      body: flows,
      headers: { 'node-red-deployment-type': type },
    });
    if (answer.status >= 300) throw new Error(`The deploy was answered ${answer.status}: ${answer.text}`);
    await until(() => this.#countStarts() > started, {
      timeoutMs: 20_000,
      what: () => `the flows to start again:\n${this.output}`,
    });
  }

  /** A request to the admin API, by a path relative to its root. */
  async admin(relativePath: string, request: Parameters<typeof call>[1] = {}): Promise<Response> {
    return call(`${this.url}/${relativePath}`, request);
  }

  /** All rows of the log that the query leaves, newest first, over all pages. */
  async deliveries(query: Readonly<Record<string, string>> = {}): Promise<DeliveryRow[]> {
    const rows: DeliveryRow[] = [];
    let cursor: string | null | undefined;
    do {
      const search = new URLSearchParams({ limit: '500', ...query, ...(cursor ? { cursor } : {}) });
      const answer = await this.admin(`survey-hooks/deliveries?${search.toString()}`);
      if (answer.status !== 200) throw new Error(`The log answered ${answer.status}: ${answer.text}`);
      const page = answer.json() as { items: DeliveryRow[]; nextCursor?: string | null };
      rows.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return rows;
  }

  /** Waits until the log has that many rows and each has ended; rejects with what the log shows when the time is over. */
  async waitForDeliveries(
    count: number,
    { status = 'Succeeded', timeoutMs = 20_000 }: { status?: DeliveryRow['status']; timeoutMs?: number } = {},
  ): Promise<DeliveryRow[]> {
    let rows: DeliveryRow[] = [];
    await until(
      async () => {
        rows = await this.deliveries();
        return rows.length >= count && rows.every((row) => row.status === status);
      },
      { timeoutMs, everyMs: 100, what: () => `${count} rows ${status}; the log shows ${summaryOf(rows)}` },
    );
    return rows;
  }

  /** Lines of its log that tell of an error. */
  get errors(): string[] {
    return this.output.split('\n').filter((line) => line.includes('[error]') || line.includes('Uncaught'));
  }

  async #waitForFlows(): Promise<void> {
    await until(
      () => {
        if (this.#hasEnded) throw new Error(`Node-RED ended before it was ready:\n${this.output}`);
        const port = /Server now running at http:\/\/127\.0\.0\.1:(\d+)\//.exec(this.output)?.[1];
        this.port = Number(port ?? 0);
        return this.port > 0 && this.#countStarts() > 0;
      },
      { timeoutMs: 30_000, what: () => `Node-RED to be ready:\n${this.output}` },
    );
  }

  #countStarts(): number {
    return this.output.split(/Started (?:modified )?(?:flows|nodes)/).length - 1;
  }
}

async function writeSecret(file: string, content: Credentials): Promise<void> {
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  await chmod(file, 0o600);
}

function summaryOf(rows: readonly DeliveryRow[]): string {
  const counts = new Map<string, number>();
  for (const { status, attempts, lastResponse } of rows) {
    const line = `${status} after ${attempts} attempts (${lastResponse})`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return JSON.stringify(Object.fromEntries(counts));
}
