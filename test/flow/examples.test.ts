import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  credentialsFor,
  DEMO_FILE,
  exampleLogin,
  exampleSecret,
  movedTo,
  OWN_URL,
  readExamples,
  readyToRun,
  type Example,
} from '../support/examples.ts';
import { call } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { targetAnswers } from '../support/target-answers.ts';
import { until } from '../support/until.ts';
import { alertFlows } from './examples/alert-flows.ts';
import { outboundFlows } from './examples/outbound-flows.ts';
import { recordFlows } from './examples/record-flows.ts';
import { surveyFlows } from './examples/survey-flows.ts';

const OURS = '@survey-hooks/node-red-survey-hooks';
const SECRET_NAMES = [
  'credentials',
  'password',
  'user',
  'username',
  'token',
  'secretUrl',
  'previousSecret',
  'headerValue',
];
const BUILT_IN = ['tab', 'group'];

const examples = await readExamples();
const all = examples.flatMap(({ nodes }) => nodes);
const sample = JSON.parse(
  String(all.find(({ type, name }) => type === 'inject' && name === 'CIOPulse sample')?.payload),
) as Record<string, string>;

describe('Every example', () => {
  it('has ids of its own', () => {
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  for (const { file, nodes } of examples)
    describe(file, () => {
      const byId = new Map(nodes.map((node) => [node.id, node]));

      it('says what it does and what to change', () => {
        const comments = nodes.filter(({ type }) => type === 'comment');
        assert.ok(comments.some(({ info }) => String(info).includes('**Change:**')));
      });

      it('is complete: wires, flows, groups and config nodes are in the file', () => {
        for (const node of nodes)
          for (const id of referencesOf(node)) assert.ok(byId.has(id), `${node.id} refers to ${id}`);
      });

      it('holds no secret', () => {
        for (const node of nodes)
          for (const name of SECRET_NAMES) assert.ok(!(name in node), `${node.id} has a ${name}`);
        for (const { id, secret } of nodes) {
          // In nodes that sign and verify it is the id of a config node.
          const named = nodes.find((node) => node.id === secret);
          assert.ok(secret === undefined || named?.type === 'signing-secret', id);
        }
      });

      it('shows every node, on the grid, and none on top of another', () => {
        const boxes = nodes.filter(({ type, z }) => z !== undefined && type !== 'group') as unknown as Box[];
        for (const [at, { x, y }] of boxes.entries()) {
          assert.ok(x > 0 && y > 0 && x % 10 === 0 && y % 20 === 0, `${x}, ${y}`);
          const isHidden = boxes.some(
            (other, its) => its > at && Math.abs(other.y - y) < 30 && Math.abs(other.x - x) < 100,
          );
          assert.ok(!isHidden, `a node lies on the one at ${x}, ${y}`);
        }
      });
    });
});

describe('Examples on a real Node-RED', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;
  let mailPort: number;

  before(async () => {
    userDir = await makeUserDir();
    receiver = await Receiver.start(targetAnswers());
    mailPort = await freePort();
    const flows = readyToRun(all, receiver.url).map((node) =>
      node.type === 'email-listener' ? { ...node, port: mailPort } : node,
    );
    nodeRed = await NodeRed.start({
      userDir,
      flows,
      credentials: credentialsFor(flows),
      env: {
        DEMO_SLACK_URL: `${receiver.url}/demo/slack`,
        DEMO_FRESHDESK_URL: `${receiver.url}/demo/freshdesk`,
        DEMO_SERVICENOW_URL: `${receiver.url}/demo/servicenow`,
      },
    });
    await nodeRed.deploy(movedTo(nodeRed.url, flows));
  });

  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const press = async (file: string, name?: string): Promise<void> => {
    const button = exampleOf(file).nodes.find(
      (node) => node.type === 'inject' && (name === undefined || node.name === name),
    );
    const answer = await nodeRed.admin(`inject/${button?.id}`, { body: {} });
    assert.equal(answer.status, 200);
  };
  const send = (hook: string, body: unknown) =>
    call(`${nodeRed.url}/hooks/${hook}`, { body, basic: exampleLogin });
  const shown = (name: string) => debugOutput(nodeRed.output, name);
  /** Waits until a debug node has written so; debug nodes are named once per file. */
  const shows = (name: string, text: RegExp) =>
    until(() => shown(name).some((entry) => text.test(entry)), {
      what: () => `"${name}" to show ${String(text)}:\n${nodeRed.output}`,
    });
  const arrives = async (pathname: string, count = 1) => {
    const found = () => receiver.requests.filter((request) => request.path === pathname);
    await until(() => found().length >= count, { what: () => `${count} requests for ${pathname}` });
    return found();
  };

  /** Runs the lines that an example's comment gives to try it with; answers what they print. */
  const tryIt = async (file: string, secret = exampleSecret): Promise<string> => {
    const lines = linesOf(file);
    assert.ok(lines.includes("'your secret'") && lines.includes(OWN_URL), lines);
    const script = lines.replace('your secret', secret).replace(OWN_URL, nodeRed.url);
    return (await promisify(execFile)('sh', ['-ec', script])).stdout;
  };

  const runs: Readonly<Record<string, () => Promise<void>>> = {
    '01 - Receive a survey webhook.json': async () => {
      assert.equal((await call(`${nodeRed.url}/hooks/survey-responses`, { body: { score: 9 } })).status, 401);
      assert.equal((await send('survey-responses', { score: 9, by: 'first example' })).status, 200);
      await shows('Received', /first example/);
    },
    '02 - Check incoming contacts.json': async () => {
      const good = await send('contacts', { Email: 'jane@example.com', 'First Name': 'Jane' });
      assert.equal(good.status, 200);
      assert.deepEqual(good.json(), { email: 'jane@example.com', firstName: 'Jane' });
      const bad = await send('contacts', { 'First Name': 'Jane' });
      assert.equal(bad.status, 422);
      await shows('Contact', /jane@example\.com/);
      await shows('Violations', /message/);
    },
    '03 - Read a survey response.json': async () => {
      await press('03');
      await shows('Record', /score: 9[\s\S]*class: 'promoter'/);
    },
    '04 - Format a survey response.json': async () => {
      await press('04');
      await shows('Slack message', /blocks/);
      await shows('Freshdesk ticket', /subject/);
      await shows('CIOPulse fields', /Webhook_ID: 'a65768befa38a'/);
      await shows('My template', /carole\.customer/);
    },
    '05 - Deliver to one endpoint.json': async () => {
      await press('05');
      const [request] = await arrives('/receiver.example/surveys');
      assert.equal(String(request?.body), '{"hello":"world"}');
      await shows('Accepted', /webhookId: 'msg_/);
      await shows('Succeeded', /endpointName: 'My system'[\s\S]*status: 'Succeeded'/);
    },
    '06 - Deliver to many endpoints.json': async () => {
      await press('06');
      const [reporting] = await arrives('/reporting.example/surveys');
      const [archive] = await arrives('/archive.example/surveys');
      assert.deepEqual(JSON.parse(String(reporting?.body)), sample);
      assert.deepEqual(archive?.body, reporting?.body);
      assert.equal(archive?.webhookId, reporting?.webhookId);
      assert.notEqual(archive?.webhookId, '');
    },
    '07 - Answer when it is safe.json': async () => {
      const unreadable = await send('safe-surveys', { no: 'survey' });
      assert.equal(unreadable.status, 400, unreadable.text);
      const answer = await send('safe-surveys', sample);
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json(), { accepted: true });
      const [slack] = await arrives('/slack.example/services/survey-channel');
      const [order] = await arrives('/servicenow.example/api/sn_sc/servicecatalog/items/survey/order_now');
      assert.equal(slack?.webhookId, sample.Webhook_ID);
      assert.equal(order?.webhookId, sample.Webhook_ID);
      assert.deepEqual(JSON.parse(String(order?.body)), { sysparm_quantity: '1', variables: sample });
    },
    '08 - Choose where deliveries are kept.json': async () => {
      await press('08');
      await arrives('/receiver.example/kept');
      assert.ok(existsSync(path.join(userDir, 'my-survey-hooks.db')));
      assert.ok(!existsSync(path.join(userDir, 'survey-hooks.db')));
    },
    [DEMO_FILE]: async () => {
      await send('ciopulse', sample);
      for (const target of ['slack', 'freshdesk', 'servicenow']) await arrives(`/demo/${target}`);
      assert.equal((await send('customergauge', { Email: 'jane@example.com' })).status, 200);
      assert.equal((await send('customergauge', { Email: 'none' })).status, 422);
    },
    '10 - Verify a Customer Thermometer webhook.json': async () => {
      assert.match(await tryIt('10', 'another secret'), /^HTTP\/1\.1 401 /);
      assert.match(await tryIt('10'), /^HTTP\/1\.1 200 /);
      await shows('Verified', /score: 'gold'/);
    },
    '11 - Sign with Standard Webhooks.json': async () => {
      const url = `${nodeRed.url}/hooks/signed-events`;
      assert.equal((await call(url, { body: { score: 9, comment: 'not signed' } })).status, 401);
      await press('11', 'Press to deliver');
      await shows('How it ended', /endpointName: 'My own hook'[\s\S]*status: 'Succeeded'/);
      await press('11', 'Press to send once');
      await shows('Answer', /accepted: true/);
      for (const comment of ['delivered', 'sent once'])
        await shows('Verified', new RegExp(`comment: '${comment}'`));
    },
    '12 - Verify a Typeform webhook.json': async () => {
      const refused = await tryIt('12', 'another secret');
      assert.match(refused, /^HTTP\/1\.1 401 /);
      assert.doesNotMatch(refused, /mismatch/);
      await shows('Rejected', /verified: false[\s\S]*reason: 'mismatch'/);
      const taken = await tryIt('12');
      assert.match(taken, /^HTTP\/1\.1 200 [\s\S]*\{"accepted":true\}$/);
      await shows('Verified', /event_type: 'form_response'/);
    },
    '13 - Receive order mails.json': async () => {
      const lines = linesOf('13');
      assert.ok(lines.includes('127.0.0.1:2525'), lines);
      const script = lines.replace('127.0.0.1:2525', `127.0.0.1:${mailPort}`);
      await until(() => isOpen(mailPort), { what: () => 'the listener to listen' });
      await promisify(execFile)('sh', ['-ec', script]);
      await shows('Order', /orderNumber: '4711'[\s\S]*subject: 'Your order 4711'/);
      await promisify(execFile)('sh', ['-ec', script.replaceAll(/<script[\s\S]*<\/script>/g, '')]);
      await shows('Mail without data', /Thank you/);
    },
    ...surveyFlows({ nodeRed: () => nodeRed, press, send, shows, shown, arrives, tryIt, sample }),
    ...recordFlows({ nodeRed: () => nodeRed, press, shows, arrives, userDir: () => userDir }),
    '21 - Filter survey responses.json': async () => {
      await press('21', 'Detractor');
      await shows('To follow up', /class: 'detractor'[\s\S]*I waited for a week/);
      await press('21', 'Promoter');
      await shows('All others', /class: 'promoter'/);
      assert.ok(!shown('To follow up').some((entry) => entry.includes('promoter')));
    },
    ...alertFlows({ press, shows, arrives }),
    ...outboundFlows({ nodeRed: () => nodeRed, press, shows, shown }),
  };

  it('have a test each', () => {
    assert.deepEqual(
      examples.map(({ file }) => file),
      Object.keys(runs),
    );
  });

  it('use only nodes of Node-RED itself and of this pack, and show each of ours', async () => {
    const answer = await nodeRed.admin('nodes', { headers: { accept: 'application/json' } });
    const sets = answer.json() as { module: string; types: string[] }[];
    const known = new Set([...BUILT_IN, ...sets.flatMap(({ types }) => types)]);
    for (const { type } of all) assert.ok(known.has(type), type);
    const shown = new Set(
      examples.filter(({ file }) => file !== DEMO_FILE).flatMap(({ nodes }) => nodes.map(({ type }) => type)),
    );
    for (const type of sets.filter(({ module }) => module === OURS).flatMap(({ types }) => types))
      assert.ok(shown.has(type), `${type} has an example beside the demo`);
  });

  for (const [file, run] of Object.entries(runs)) it(`do what they say: ${file}`, run);

  it('leave no error in the log but of what cannot be read', () => {
    const others = nodeRed.errors.filter((line) => !line.includes('[survey-response:Read CIOPulse]'));
    assert.deepEqual(others, []);
  });
});

interface Box {
  readonly x: number;
  readonly y: number;
}

function exampleOf(prefix: string): Example {
  const example = examples.find(({ file }) => file.startsWith(prefix));
  assert.ok(example, prefix);
  return example;
}

/** The lines that an example's comment gives to try it with. */
function linesOf(file: string): string {
  const comment = exampleOf(file).nodes.find(({ type }) => type === 'comment');
  return /```sh\n([\s\S]*?)```/.exec(String(comment?.info))?.[1] ?? '';
}

function referencesOf(node: FlowNode): string[] {
  const names = [
    'wires',
    'z',
    'g',
    'endpoints',
    'mapping',
    'nodes',
    'scope',
    'signing',
    'secret',
    'listener',
  ];
  return names
    .map((name) => node[name])
    .flat(2)
    .filter((id): id is string => typeof id === 'string' && id !== '');
}

/** What a debug node wrote to the log, entry by entry. */
function debugOutput(output: string, name: string): string[] {
  return output.split(/^(?=\d+ \w+ [\d:]+ - \[)/m).filter((entry) => entry.includes(`[debug:${name}]`));
}
