import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { Editor } from '../support/editor.ts';
import { call } from '../support/http.ts';
import type { FlowNode } from '../support/node-red.ts';
import { until } from '../support/until.ts';

interface Told {
  readonly payload: Readonly<Record<string, string>>;
  readonly files?: readonly {
    readonly fieldname: string;
    readonly originalname: string;
    readonly mimetype: string;
    readonly size: number;
    readonly text: string;
    readonly isBuffer: boolean;
  }[];
}

const TELL = `
  const files = msg.files && msg.files.map(({ buffer, ...file }) => ({ ...file, text: buffer.toString(), isBuffer: Buffer.isBuffer(buffer) }));
  global.set('received', [...(global.get('received') || []), { payload: msg.payload, files }]);
`;

const node = (id: string, type: string, properties: Record<string, unknown>): FlowNode => ({
  id,
  z: 'tab',
  type,
  x: 100,
  y: 100,
  wires: [],
  ...properties,
});

/** The hook's redirect leads back to the page's own site. */
const flows = (site: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Forms' },
  node('form', 'inbound-hook-in', {
    path: '/hooks/form',
    kind: 'form',
    redirect: `${site}/thanks`,
    wires: [['tell']],
  }),
  node('tell', 'function', { func: TELL, wires: [[]] }),
  node('last', 'http in', { url: '/last', method: 'get', wires: [['read']] }),
  node('read', 'function', {
    func: "msg.payload = global.get('received') || []; return msg;",
    wires: [['answer']],
  }),
  node('answer', 'http response', {}),
];

describe('A form on a page of another origin', function () {
  this.timeout(90_000);
  let site: Server;
  let editor: Editor;
  let page: Page;
  let folder: string;
  let form = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-form-'));
    site = createServer((request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(request.url === '/thanks' ? '<h1>Thanks</h1>' : form);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    editor = await Editor.start({ flows: flows(siteUrl()) });
    const browser = editor.page.context().browser();
    assert.ok(browser);
    page = await browser.newPage();
  });
  after(async () => {
    await editor.stop();
    site.close();
    await rm(folder, { recursive: true });
  });

  const siteUrl = () => `http://127.0.0.1:${(site.address() as AddressInfo).port}`;

  /** Shows a page with a form for the hook. */
  async function show(enctype: string, inputs: string): Promise<void> {
    form = `<form method="post" enctype="${enctype}" action="${editor.nodeRed.url}/hooks/form">${inputs}<button>Send</button></form>`;
    await page.goto(siteUrl());
  }

  async function received(): Promise<Told[]> {
    return (await call(`${editor.nodeRed.url}/last`)).json() as Told[];
  }

  /** Sends the form, and answers what the flow got of it, when the browser has come to the page of thanks. */
  async function submit(): Promise<Told> {
    const before = (await received()).length;
    await page.locator('button').click();
    await page.locator('h1', { hasText: 'Thanks' }).waitFor();
    assert.equal(page.url(), `${siteUrl()}/thanks`);
    let all: Told[] = [];
    await until(async () => (all = await received()).length > before, { what: () => 'the form’s event' });
    return all.at(-1)!;
  }

  it('sends its fields, and the browser goes on to the page that the hook names', async () => {
    await show(
      'application/x-www-form-urlencoded',
      '<input name="Email" value="jörg+x@example.com"><textarea name="Comment & more"></textarea>',
    );
    await page.locator('textarea').fill('Grüße,\n日本 & "Anführung" = 100 %');
    assert.deepEqual((await submit()).payload, {
      Email: 'jörg+x@example.com',
      'Comment & more': 'Grüße,\r\n日本 & "Anführung" = 100 %',
    });
  });

  it('sends files with names in any letters, and none that was not chosen', async () => {
    const photo = path.join(folder, 'résumé "1" 日本.txt');
    const empty = path.join(folder, 'empty.csv');
    await writeFile(photo, 'Grüße');
    await writeFile(empty, '');
    await show(
      'multipart/form-data',
      '<input name="Näme" value="Jörg"><input type="file" name="files" multiple><input type="file" name="none">',
    );
    await page.locator('input[name=files]').setInputFiles([photo, empty]);
    const { payload, files } = await submit();
    assert.deepEqual(payload, { Näme: 'Jörg' });
    const sent = { fieldname: 'files', isBuffer: true };
    assert.deepEqual(files, [
      { ...sent, originalname: 'résumé "1" 日本.txt', mimetype: 'text/plain', size: 7, text: 'Grüße' },
      { ...sent, originalname: 'empty.csv', mimetype: 'text/csv', size: 0, text: '' },
    ]);
  });

  it('is refused when it is sent as plain text, or is larger than the hook takes', async () => {
    const refusals: number[] = [];
    page.on('response', (response) => void refusals.push(response.status()));
    await show('text/plain', '<input name="a" value="1">');
    await page.locator('button').click();
    await page.getByText('unsupported_type').waitFor();
    const large = path.join(folder, 'large.bin');
    await writeFile(large, Buffer.alloc(500 * 1024));
    await show('multipart/form-data', '<input type="file" name="file">');
    await page.locator('input').setInputFiles(large);
    await page.locator('button').click();
    await until(() => refusals.includes(413), { what: () => `413 among ${refusals.join(', ')}` });
    assert.ok(refusals.includes(415));
  });
});
