/** Other people's packages in a user directory, which put socket.io on Node-RED's server. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const socketIo = createRequire(import.meta.url).resolve('socket.io');

const attach = (place: string): string => `module.exports = (RED) => {
  const { Server } = require(${JSON.stringify(socketIo)});
  const hasGate = Object.getOwnPropertySymbols(RED.server).some((one) => String(one).includes('inbound-gate'));
  console.log('${place}: ' + (hasGate ? 'there is a gate' : 'no gate yet'));
  new Server(RED.server, { path: '/${place}' });
};
`;

/** Puts one at `/before`, by a plugin that is loaded before any other, and one at `/after`, by a node. */
export async function neighbours(userDir: string): Promise<void> {
  const early = path.join(userDir, 'node_modules', '0-neighbour');
  await mkdir(early, { recursive: true });
  const manifest = {
    name: '0-neighbour',
    version: '1.0.0',
    'node-red': { plugins: { neighbour: 'neighbour.js' } },
  };
  await writeFile(path.join(early, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(early, 'neighbour.js'), attach('before'));
  const late = path.join(userDir, 'nodes');
  await mkdir(late, { recursive: true });
  await writeFile(path.join(late, 'neighbour.js'), attach('after'));
  const template = '<script type="text/html" data-template-name="neighbour"></script>';
  await writeFile(path.join(late, 'neighbour.html'), template);
  const file = path.join(userDir, 'package.json');
  const own = JSON.parse(await readFile(file, 'utf8')) as { dependencies?: Record<string, string> };
  await writeFile(
    file,
    JSON.stringify({ ...own, dependencies: { ...own.dependencies, '0-neighbour': '1.0.0' } }),
  );
}
