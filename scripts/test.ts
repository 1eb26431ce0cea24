/**
 * Runs the whole suite, or the files and options given: `npm test -- test/unit`. The whole suite runs in two processes side by side,
 * as half of it waits for a Node-RED or a browser most of the time. A third leaves too little of two cores to tests that measure time.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');

const ALL = 'test/**/*.test.ts';
const RUNNING = 'test/{browser,e2e}/**/*.test.ts';

interface Run {
  readonly exitCode: number;
  /** What it has written, where it was not shown at once. */
  readonly output: string;
}

function run(given: readonly string[], { isShown }: { readonly isShown: boolean }): Promise<Run> {
  return new Promise((resolve, reject) => {
    const stdio = isShown ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [mocha, ...given], { cwd: root, stdio });
    const parts: Buffer[] = [];
    child.stdout?.on('data', (part: Buffer) => parts.push(part));
    child.stderr?.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(parts).toString() }));
  });
}

async function runAll(options: readonly string[]): Promise<number> {
  const runs = await Promise.all([
    // They take longest, so they are the ones to watch.
    run([...options, RUNNING], { isShown: true }),
    run([...options, '--ignore', RUNNING, ALL], { isShown: false }),
  ]);
  for (const { output } of runs) process.stdout.write(output);
  return runs.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

const given = process.argv.slice(2);
const namesFiles = given.some((word) => !word.startsWith('-'));
process.exitCode = namesFiles ? (await run(given, { isShown: true })).exitCode : await runAll(given);
