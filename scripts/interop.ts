/**
 * Asks the vendors' own libraries about our signatures: installs them in `test/interop`, where the pack does not see them, and
 * runs the tests there. With `--freeze` it also writes what they sign into the fixture of the ordinary tests.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const interop = path.join(root, 'test', 'interop');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const bin = (...words: string[]): string => path.join(root, 'node_modules', ...words);

function run(command: string, args: readonly string[], cwd = root): void {
  const { error, status } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: command.endsWith('.cmd'),
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

// Libraries are all that is wanted of them: no script of a stranger's package runs here.
run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], interop);
run(process.execPath, [bin('typescript', 'bin', 'tsc'), '-p', interop]);
if (process.argv.includes('--freeze')) run(process.execPath, [path.join(interop, 'freeze.ts')]);
run(process.execPath, [bin('mocha', 'bin', 'mocha.js'), 'test/interop/*.interop.ts']);
