// The one script that runs on whatever Node.js the machine has (20 or newer): it installs what is missing,
// builds, and hands over to the Node.js 24 of the dev dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const node = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: command === npm && process.platform === 'win32',
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** npm writes node_modules/.package-lock.json last, so a missing or older one is an install that has not ended. */
function isInstalled() {
  const mark = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(mark) || !existsSync(node)) return false;
  return statSync(mark).mtimeMs >= statSync(path.join(root, 'package.json')).mtimeMs;
}

if (!isInstalled())
  run(npm, [
    existsSync(path.join(root, 'package-lock.json')) ? 'ci' : 'install',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
run(node, ['scripts/build.ts']);

const child = spawn(node, process.argv.slice(2), { cwd: root, stdio: 'inherit' });
// npm passes on to this process alone what a service or a time limit sends; the terminal's Ctrl-C reaches both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// A shell that npm puts between may end of a signal without passing it on; then nobody else is left to stop the child.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 1000);
child.on('error', (error) => {
  throw error;
});
child.on('exit', (code) => process.exit(code ?? 1));
