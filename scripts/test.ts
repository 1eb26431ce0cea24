/** Runs the whole suite, or the files and options given: `npm test -- test/unit`. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const given = process.argv.slice(2);
const files = given.some((word) => !word.startsWith('-')) ? [] : ['test/**/*.test.ts'];
const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');

const child = spawn(process.execPath, [mocha, ...given, ...files], { cwd: root, stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
