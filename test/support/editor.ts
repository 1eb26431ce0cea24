/** The editor of a real Node-RED with the built pack, in a real Chromium. */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { adminAuth, AdminClient, type AdminUser } from './admin-users.ts';
import { NodeRed, type Credentials, type FlowNode } from './node-red.ts';

const root = path.join(import.meta.dirname, '..', '..');

// Nobody needs WebGL here, and without a graphics card drawing with it takes two thirds of all the time that these tests take.
sparticuz.setGraphicsMode = false;

/** Long enough for a machine that does much else; nothing waits so long that works. */
const PATIENCE_MS = 45_000;

interface EditorOptions {
  readonly flows?: readonly FlowNode[];
  /** Stored before the start, so that the editor knows only whether they are set. */
  readonly credentials?: Credentials;
  /** The folder of the built pack. */
  readonly pack?: string;
  /** Node-RED's major version; 5 if absent. */
  readonly version?: 5 | 4;
  /** Who has logged in, where the admin API has users. */
  readonly user?: AdminUser;
}

/** What a test does in an editor, in the words of the person at the screen. */
export class Editor {
  /** What the page wrote to its console as an error, and what it threw. */
  readonly errors: string[] = [];
  readonly nodeRed: NodeRed;
  readonly page: Page;
  readonly #browser: Browser;
  readonly #userDir: string;

  private constructor(parts: { nodeRed: NodeRed; browser: Browser; page: Page; userDir: string }) {
    this.nodeRed = parts.nodeRed;
    this.page = parts.page;
    this.#browser = parts.browser;
    this.#userDir = parts.userDir;
    this.page.on('pageerror', (error) => this.errors.push(error.message));
    this.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.errors.push(message.text());
    });
  }

  static async start(options: EditorOptions = {}): Promise<Editor> {
    const { flows = [], credentials = {}, pack = root, version = 5, user } = options;
    const userDir = await mkdtemp(path.join(os.tmpdir(), 'survey-hooks-editor-'));
    await mkdir(path.join(userDir, 'node_modules', '@survey-hooks'), { recursive: true });
    await symlink(pack, path.join(userDir, 'node_modules', '@survey-hooks', 'node-red-survey-hooks'));
    const [nodeRed, browser] = await Promise.all([
      NodeRed.start({
        userDir,
        version,
        flows,
        credentials,
        settings: { 'editorTheme.palette.catalogues': [], ...(user && { adminAuth }) },
      }),
      chromium.launch({ executablePath: await sparticuz.executablePath(), args: sparticuz.args }),
    ]);
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.setDefaultTimeout(PATIENCE_MS);
    if (user) await logIn(page, { nodeRed, user });
    const editor = new Editor({ nodeRed, browser, page, userDir });
    await editor.load();
    return editor;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.nodeRed.stop();
    await rm(this.#userDir, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Another page in the same browser. */
  openPage(): Promise<Page> {
    return this.#browser.newPage();
  }

  /** Opens the editor anew, as a person does the next day; what was not deployed is gone. */
  async load(): Promise<void> {
    // A page with changes asks whether to leave it.
    await this.page.evaluate('window.RED?.nodes.dirty(false)');
    await this.page.goto(this.nodeRed.url, { waitUntil: 'commit' });
    await this.page.locator('.red-ui-palette-node[data-palette-type="survey-webhook-out"]').waitFor();
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
    // "Successfully deployed" lies over the dialog's buttons for five seconds.
    await this.page.addStyleTag({
      content: '#red-ui-notifications, #red-ui-notifications * { pointer-events: none !important }',
    });
  }

  /** Puts a new node on the canvas, as the palette does, and answers its id. */
  async add(type: string): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const { node, historyEvent } = RED.view.createNode(${JSON.stringify(type)}, 300, 300);
      RED.nodes.add(node, { source: 'palette' });
      RED.editor.validateNode(node);
      RED.history.push(historyEvent);
      RED.nodes.dirty(true);
      RED.view.redraw(true);
      return node.id;
    })()`);
  }

  /** The ids of all nodes and config nodes of a type. */
  async ids(type: string): Promise<string[]> {
    const nodes = await this.exported();
    return nodes.filter((node) => node.type === type).map((node) => node.id);
  }

  /** An element of the open dialog, by its id. */
  field(id: string): Locator {
    return this.page.locator(`#${id}`);
  }

  async value(id: string): Promise<string> {
    return this.field(id).inputValue();
  }

  /** Fills an input and leaves it, whether its tab is shown or not. */
  async type(id: string, text: string): Promise<void> {
    await this.field(id).evaluate((input, typed) => {
      (input as HTMLInputElement).value = typed;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
  }

  /** Whether the editor marks an input as wrong. */
  async isMarked(id: string): Promise<boolean> {
    return this.field(id).evaluate((input) => input.classList.contains('input-error'));
  }

  /** Opens the dialog of a node or config node. */
  async open(id: string): Promise<void> {
    await this.opening(() =>
      this.page.evaluate(
        `(() => { const node = RED.nodes.node(${JSON.stringify(id)});
          if (node._def.category === 'config') RED.editor.editConfig('', node.type, node.id);
          else RED.editor.edit(node); })()`,
      ),
    );
  }

  /** Opens the dialog of a config node that is not there yet. */
  async openNew(type: string): Promise<void> {
    await this.opening(() =>
      this.page.evaluate(`RED.editor.editConfig('', ${JSON.stringify(type)}, '_ADD_')`),
    );
  }

  /** Does what opens a dialog and waits until that has slid in. */
  async opening(action: () => Promise<unknown>): Promise<void> {
    await this.page.evaluate(
      "document.querySelectorAll('.red-ui-tray').forEach((e) => (e.dataset.seen = 'yes'))",
    );
    await action();
    await this.page.waitForFunction(`(() => {
      const tray = document.querySelector('.red-ui-tray:not([data-seen])');
      return tray?.contains(document.activeElement) && getComputedStyle(tray).right === '0px';
    })()`);
  }

  /** Saves the dialog that is on top. */
  async done(): Promise<void> {
    await this.#close('#node-dialog-ok:visible, #node-config-dialog-ok:visible');
  }

  /** Leaves the dialog that is on top as it was. */
  async cancel(): Promise<void> {
    await this.#close('#node-dialog-cancel:visible, #node-config-dialog-cancel:visible');
  }

  /** Ends what a test that failed has left open or broken, so that the next one finds the editor as deployed. */
  async recover(): Promise<void> {
    this.errors.length = 0;
    await this.load();
  }

  async deploy(): Promise<void> {
    const answer = this.page.waitForResponse(
      (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
    );
    await this.page.locator('#red-ui-header-button-deploy').click();
    await answer;
    await this.page.waitForFunction('!RED.nodes.dirty()');
    await this.page.locator('#red-ui-editor-shade').waitFor({ state: 'hidden' });
    await this.page.locator('#red-ui-header-shade').waitFor({ state: 'hidden' });
  }

  /** What an export of everything holds, without credentials, as a person saves it to a file. */
  async exported(): Promise<FlowNode[]> {
    return this.page.evaluate<FlowNode[]>('RED.nodes.createCompleteNodeSet({ credentials: false })');
  }

  /** A node or config node as an export holds it. */
  async node(id: string): Promise<FlowNode> {
    const node = (await this.exported()).find((other) => other.id === id);
    if (!node) throw new Error(`${id} is not in the editor.`);
    return node;
  }

  /** What the node was deployed with. */
  async deployed(id: string): Promise<FlowNode> {
    const answer = await this.nodeRed.admin('flows');
    const node = (answer.json() as FlowNode[]).find((other) => other.id === id);
    if (!node) throw new Error(`${id} is not deployed.`);
    return node;
  }

  /** Presses a button that closes the dialog, and waits until the one beneath it, if any, has slid in. */
  async #close(button: string): Promise<void> {
    const tray = await this.page.locator('.red-ui-tray').elementHandle();
    await this.page.locator(button).click();
    await tray.evaluateHandle(
      (closing) =>
        new Promise<void>((resolve) => {
          const look = (): void => (closing.isConnected ? void setTimeout(look, 20) : resolve());
          look();
        }),
    );
    await this.page.waitForFunction(
      "[...document.querySelectorAll('.red-ui-tray')].every((tray) => getComputedStyle(tray).right === '0px')",
    );
  }
}

/** Gives the page the token that the editor's own dialog would have given it. */
async function logIn(page: Page, { nodeRed, user }: { nodeRed: NodeRed; user: AdminUser }): Promise<void> {
  const client = await AdminClient.logIn(nodeRed);
  const tokens = JSON.stringify({ access_token: client.tokenOf(user), token_type: 'Bearer' });
  await page.addInitScript(`localStorage.setItem('auth-tokens', ${JSON.stringify(tokens)})`);
}
