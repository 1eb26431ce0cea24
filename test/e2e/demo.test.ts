import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkspace } from '../../scripts/demo/workspace.ts';
import { call } from '../support/http.ts';
import { until } from '../support/until.ts';

const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'start.ts');

describe('The demo', function () {
  this.timeout(70_000);
  let folder: string;
  let child: ChildProcess | undefined;
  let output: string;

  const start = (args: readonly string[], port = '0'): Promise<number | null> => {
    output = '';
    const started = (child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, PORT: port, DEMO_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    }));
    for (const stream of [started.stdout, started.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    return new Promise((resolve) => started.once('close', resolve));
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'survey-hooks-demo-'));
  });

  afterEach(async () => {
    if (child?.exitCode === null) {
      const gone = new Promise((resolve) => child?.once('close', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('delivers a survey response to three receivers, one of which fails the first two times', async () => {
    const code = await start(['--once']);

    assert.equal(code, 0, output);
    assert.match(output, /The editor: http:\/\/127\.0\.0\.1:\d+\//);
    assert.match(output, /curl -u 'demo:[\w-]{16}' .* http:\/\/127\.0\.0\.1:\d+\/hooks\/ciopulse/);
    for (const endpoint of ['Slack', 'Freshdesk'])
      assert.match(output, new RegExp(`Transactional +${endpoint} +\\S+ +20\\d +1 +Succeeded`));
    assert.match(output, /Transactional +ServiceNow +\S+ +503 +1 +In Progress/);
    assert.match(output, /Transactional +ServiceNow +\S+ +503 +2 +In Progress/);
    assert.match(output, /Transactional +ServiceNow +\S+ +200 +3 +Succeeded/);
    assert.match(output, /All 3 deliveries succeeded/);
  });

  it('answers the printed login on both hooks, and stops Node-RED with itself', async () => {
    const ended = start([]);
    await until(() => output.includes('The editor: '), {
      timeoutMs: 30_000,
      what: () => `the editor:\n${output}`,
    });
    const editorUrl = /The editor: (\S+)/.exec(output)?.[1] ?? '';
    const [username = '', password = ''] = /curl -u '([^']+)'/.exec(output)?.[1]?.split(':') ?? [];
    const send = (hook: string, body: unknown) =>
      call(`${editorUrl}hooks/${hook}`, { body, basic: { username, password } });

    const survey = await readFile(path.join(folder, 'survey.json'));
    const headers = { 'content-type': 'application/json' };
    const basic = { username, password };
    assert.equal((await call(`${editorUrl}hooks/ciopulse`, { body: survey, basic, headers })).status, 200);
    assert.equal((await send('customergauge', { Email: 'john.doe@example.com' })).status, 200);
    assert.equal((await send('customergauge', { Email: 'not an address' })).status, 422);
    assert.equal((await call(`${editorUrl}hooks/customergauge`, { body: {} })).status, 401);

    child?.kill('SIGTERM');
    // The terminal and the set-up script may both send it.
    await sleep(20);
    child?.kill('SIGTERM');
    assert.equal(await ended, 0, output);
    assert.match(await readFile(path.join(folder, 'node-red.log'), 'utf8'), /Stopped flows/);
    await assert.rejects(call(editorUrl));
  });

  it('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      assert.equal(await start([], String(port)), 1);
      assert.match(output, new RegExp(`Port ${port} is taken`));
    } finally {
      other.close();
    }
  });

  it('makes its login once, for nobody else to read, and leaves an edited flow as it is', async () => {
    const first = await openWorkspace(folder);
    const flowFile = path.join(folder, 'flows.json');
    await writeFile(flowFile, '[]');
    const second = await openWorkspace(folder);

    assert.deepEqual(second, first);
    assert.equal(await readFile(flowFile, 'utf8'), '[]');
    for (const file of ['login.json', 'flows_cred.json'])
      assert.equal((await stat(path.join(folder, file))).mode & 0o077, 0, `${file} is private`);
  });
});
