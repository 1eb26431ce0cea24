/**
 * The demo: a Node-RED with this pack, a flow, and three receivers, everything in one folder that git ignores.
 * `PORT` chooses the editor's port (1880; 0 = any that is free), `DEMO_DIR` the folder (`.demo`);
 * with `--once` it ends as soon as the first deliveries have succeeded.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { followLog } from './demo/log-view.ts';
import { findPort, startNodeRed, type NodeRed } from './demo/node-red.ts';
import { startReceivers } from './demo/receivers.ts';
import { openWorkspace, type Workspace } from './demo/workspace.ts';

/** One survey response, three endpoints. */
const DELIVERIES_AT_START = 3;
const ONCE_TIMEOUT_MS = 60_000;

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const wanted = Number(process.env.PORT ?? 1880);
  const port = await findPort(wanted);
  if (port === undefined) {
    print(`Port ${wanted} is taken by another program. Choose another one, such as: PORT=1881 npm start`);
    return 1;
  }
  const folder = path.resolve(process.env.DEMO_DIR ?? path.join(import.meta.dirname, '..', '.demo'));
  const workspace = await openWorkspace(folder);
  const receivers = await startReceivers(workspace.login);
  const editorUrl = `http://127.0.0.1:${port}/`;
  const env = { ...receivers.env, ...hookUrls(editorUrl) };
  const nodeRed = startNodeRed({ folder, port, env });
  const stopping = new AbortController();
  // A signal may come twice: from the terminal, and passed on by the set-up script.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      stopping.abort();
      void nodeRed.stop();
    });
  try {
    await nodeRed.ready;
    print(greeting({ editorUrl, folder, ...workspace }));
    return await follow(nodeRed, editorUrl);
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    print(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await receivers.stop();
  }
}

const hookUrls = (editorUrl: string) => ({
  DEMO_CIOPULSE_URL: `${editorUrl}hooks/ciopulse`,
  DEMO_CUSTOMERGAUGE_URL: `${editorUrl}hooks/customergauge`,
});

async function follow(nodeRed: NodeRed, editorUrl: string): Promise<number> {
  let exitCode = values.once ? 1 : 0;
  const view = followLog({
    editorUrl,
    print,
    onAllSucceeded: (count) => {
      if (count < DELIVERIES_AT_START) return;
      print(`\nAll ${count} deliveries succeeded.`);
      if (values.once) {
        exitCode = 0;
        void nodeRed.stop();
      } else print('Node-RED goes on running; Ctrl-C stops it.');
    },
  });
  const impatience = values.once ? setTimeout(() => void nodeRed.stop(), ONCE_TIMEOUT_MS) : undefined;
  const code = await nodeRed.ended;
  clearTimeout(impatience);
  view.stop();
  return code === 0 ? exitCode : code;
}

interface Greeting extends Workspace {
  readonly editorUrl: string;
  readonly folder: string;
}

function greeting({ editorUrl, folder, login, surveyFile }: Greeting): string {
  const user = `${login.username}:${login.password}`;
  const curl = (hook: string, body: string) =>
    `  curl -u '${user}' -H 'Content-Type: application/json' -d '${body}' ${editorUrl}hooks/${hook}`;
  return [
    `The editor: ${editorUrl}`,
    '',
    'Send a survey response (ServiceNow fails the first two times):',
    curl('ciopulse', `@${path.relative('', surveyFile)}`),
    'Send a contact, and one that is refused with 422:',
    curl('customergauge', '{"Email":"john.doe@example.com","Account Name":"Example Ltd"}'),
    curl('customergauge', '{"Email":"not an address"}'),
    '',
    `Flow, store and log are in ${folder}; remove that folder to begin anew.`,
  ].join('\n');
}

process.exitCode = await main();
