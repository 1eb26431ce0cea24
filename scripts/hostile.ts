/**
 * The tests of hostile senders in full, which the suite runs in short or not at all. `FUZZ_SEED` repeats a run; what is given goes to
 * mocha: `npm run hostile -- --grep refusals`.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const full = {
  FUZZ_REQUESTS: '20000',
  FUZZ_SEED: String(Date.now() % 1_000_000),
  SLOW_SENDERS: '200',
  TIMING_REQUESTS: '2000',
};
const files = ['fuzz.test.ts', 'slow-senders.test.ts', 'timing.hostile.ts'].map((name) =>
  path.join('test', 'e2e', name),
);
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');

const child = spawn(process.execPath, [mocha, '--reporter', 'spec', ...process.argv.slice(2), ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...full, ...process.env },
});
child.on('exit', (code) => process.exit(code ?? 1));
