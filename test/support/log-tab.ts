/** The sidebar tab of the webhook log, in the words of the person at the screen. */
import type { Locator } from 'playwright-core';
import type { Editor } from './editor.ts';

export class LogTab {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get root(): Locator {
    return this.#editor.page.locator('.survey-hooks-log');
  }

  /** The rows of the list, newest first. */
  get rows(): Locator {
    return this.root.locator('.survey-hooks-log-table tbody tr');
  }

  /** The row of a webhook id; of a message to several endpoints all of them. */
  row(webhookId: string): Locator {
    return this.rows.filter({
      has: this.#editor.page.locator(`.survey-hooks-log-opener[title="${webhookId}"]`),
    });
  }

  /** The card of an endpoint in its view. */
  endpoint(id: string): Locator {
    return this.root.locator(`[data-endpoint="${id}"]`);
  }

  /** What scrolls the list. */
  get scroll(): Locator {
    return this.root.locator('.survey-hooks-log-scroll').first();
  }

  /** Shows the tab; `begin` loads the editor anew first, so that nothing is left of what was done before. */
  async open({ anew = false }: { readonly anew?: boolean } = {}): Promise<void> {
    if (anew) await this.#editor.load();
    await this.#editor.page.evaluate("RED.sidebar.show('webhook-log-tab')");
    await this.root.waitFor();
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** Resolves when the row says that status. */
  async waitForStatus(webhookId: string, status: string): Promise<void> {
    await this.row(webhookId).filter({ hasText: status }).first().waitFor();
  }

  /** Opens a delivery and waits until its attempts or their absence are shown. */
  async openDelivery(webhookId: string): Promise<void> {
    await this.row(webhookId).first().click();
    await this.root.getByRole('heading', { name: 'Attempts' }).waitFor();
  }

  /** The texts that are shown of a delivery as they came: payload, responses, headers. */
  text(label: string): Locator {
    return this.root.getByRole('region', { name: label, exact: true });
  }

  /** The webhook ids of the rows, as they are listed. */
  async listed(): Promise<string[]> {
    return this.rows
      .locator('.survey-hooks-log-opener')
      .evaluateAll((all) => all.map((one) => one.textContent));
  }

  /** Makes the sidebar as wide as that, in pixels. */
  async resize(width: number): Promise<void> {
    await this.root.evaluate((root, px) => {
      const sidebar = root.closest<HTMLElement>('.red-ui-sidebar, #red-ui-sidebar');
      if (sidebar) sidebar.style.width = `${px}px`;
    }, width);
  }
}
