/** The demo's folder: a Node-RED user directory with this pack linked into it, its flow and its made-up login. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');
const demoFlow = path.join(root, 'examples', '09 - Demo of a survey on its way.json');

/** The user name and password of everything in the demo; made at its first start, worth nothing elsewhere. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface Workspace {
  readonly login: Login;
  /** A file with the survey response that the flow sends at its start. */
  readonly surveyFile: string;
}

interface DemoNode {
  readonly id: string;
  readonly type: string;
  readonly auth?: string;
  readonly authType?: string;
  readonly once?: boolean;
  readonly payload?: string;
}

type Credentials = Record<string, Record<string, string>>;

/** Makes the folder at the first start; later ones leave flow and credentials as the person has edited them. */
export async function openWorkspace(folder: string): Promise<Workspace> {
  await mkdir(folder, { recursive: true });
  await linkPack(folder);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) await writeFile(manifest, '{ "name": "demo", "private": true }\n');
  const loginFile = path.join(folder, 'login.json');
  const surveyFile = path.join(folder, 'survey.json');
  if (!existsSync(loginFile)) await makeFlow({ folder, loginFile, surveyFile });
  return { surveyFile, login: JSON.parse(await readFile(loginFile, 'utf8')) as Login };
}

async function makeFlow(to: { folder: string; loginFile: string; surveyFile: string }): Promise<void> {
  const login = { username: 'demo', password: randomBytes(12).toString('base64url') };
  const nodes = JSON.parse(await readFile(demoFlow, 'utf8')) as DemoNode[];
  await copyFile(demoFlow, path.join(to.folder, 'flows.json'));
  await writeSecret(path.join(to.folder, 'flows_cred.json'), credentialsFor(nodes, login));
  const sample = nodes.find(({ once }) => once)?.payload ?? '{}';
  await writeFile(to.surveyFile, `${JSON.stringify(JSON.parse(sample), null, 2)}\n`);
  // Last: it says that the rest is there.
  await writeSecret(to.loginFile, login);
}

/** The same login for whatever in the flow asks for Basic authentication, on either side. */
function credentialsFor(nodes: readonly DemoNode[], { username, password }: Login): Credentials {
  const credentials: Credentials = {};
  for (const { id, type, auth, authType } of nodes) {
    if (type === 'http request' && authType === 'basic') credentials[id] = { user: username, password };
    else if (auth === 'basic') credentials[id] = { username, password };
  }
  return credentials;
}

async function linkPack(folder: string): Promise<void> {
  const scope = path.join(folder, 'node_modules', '@survey-hooks');
  const link = path.join(scope, 'node-red-survey-hooks');
  await mkdir(scope, { recursive: true });
  await rm(link, { force: true });
  await symlink(root, link, 'junction');
}

async function writeSecret(file: string, content: unknown): Promise<void> {
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
}
