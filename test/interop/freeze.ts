/** Writes what the vendors' libraries sign into the fixture of the ordinary tests. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FROZEN_FILE, whatTheySay } from './frozen.ts';

const answers = await whatTheySay();
await mkdir(path.dirname(FROZEN_FILE), { recursive: true });
await writeFile(FROZEN_FILE, `${JSON.stringify(answers, undefined, 2)}\n`);
console.log(`Wrote ${answers.length} answers to ${FROZEN_FILE}`);
