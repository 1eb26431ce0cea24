/** The pack as a user gets it: the packed tarball, installed by npm into a Node-RED user directory. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cp,
  glob,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.join(import.meta.dirname, '..', '..');
const cache = path.join(root, 'node_modules', '.cache', 'survey-hooks-packed');
const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

const MODULES = 'node_modules';

/** How long an installed copy is kept after it was last used. */
const KEPT_MS = 3_600_000;

let installed: Promise<string> | undefined;

/**
 * A new user directory with the pack installed from its tarball, as `npm install <tarball>` leaves it; the caller
 * removes it with `removeUserDir`. Packing and installing happen once for the same content of `dist`, and all directories share
 * what was installed: to copy its 2,000 files takes longer than to start a Node-RED.
 */
export async function makeUserDir(): Promise<string> {
  installed ??= install();
  const source = await installed;
  const userDir = await mkdtemp(path.join(os.tmpdir(), 'survey-hooks-'));
  for (const name of await readdir(source))
    if (name === MODULES) await symlink(path.join(source, name), path.join(userDir, name), 'junction');
    else await cp(path.join(source, name), path.join(userDir, name), { recursive: true });
  return userDir;
}

export async function removeUserDir(userDir: string): Promise<void> {
  await rm(userDir, { recursive: true, force: true, maxRetries: 3 });
}

async function install(): Promise<string> {
  const target = path.join(cache, await hashOfPack());
  if (existsSync(target)) return used(target);
  await mkdir(cache, { recursive: true });
  await forgetOld();
  const scratch = await mkdtemp(path.join(cache, 'new-'));
  try {
    const { stdout } = await run(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], {
      cwd: root,
    });
    const tarball = path.join(scratch, fileNameIn(stdout));
    const userDir = path.join(scratch, 'user-dir');
    await mkdir(userDir);
    const manifest = { name: 'node-red-project', version: '0.0.1', private: true };
    await writeFile(path.join(userDir, 'package.json'), JSON.stringify(manifest));
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    await run(npm, ['install', tarball, '--omit=dev', ...quiet], { cwd: userDir });
    // A run beside this one may have put the same content there first.
    await rename(userDir, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return target;
}

/** Marks an installed copy as needed, so that no run beside this one takes it away. */
async function used(target: string): Promise<string> {
  const now = new Date();
  await utimes(target, now, now);
  return target;
}

/** Each build makes another copy; a run beside this one may still need its own. */
async function forgetOld(): Promise<void> {
  for (const name of await readdir(cache)) {
    // A run beside this one may have taken it away by now.
    const entry = await stat(path.join(cache, name)).catch(() => undefined);
    if (entry && entry.mtimeMs < Date.now() - KEPT_MS)
      await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

async function hashOfPack(): Promise<string> {
  if (!existsSync(path.join(root, 'dist', 'package.json')))
    throw new Error('There is no dist/ to pack: run "node scripts/build.ts" first.');
  const hash = createHash('sha256');
  for (const name of await packedFiles()) {
    hash.update(`${name}\0`);
    hash.update(await readFile(path.join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function packedFiles(): Promise<string[]> {
  const files = ['package.json', 'package-lock.json'];
  for await (const entry of glob('{dist,examples}/**/*', { cwd: root, withFileTypes: true }))
    if (entry.isFile()) files.push(path.relative(root, path.join(entry.parentPath, entry.name)));
  return files.sort();
}

function fileNameIn(packReport: string): string {
  const [entry] = JSON.parse(packReport) as { filename: string }[];
  if (!entry) throw new Error('npm pack reported no file.');
  return entry.filename;
}
