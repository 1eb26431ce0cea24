import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { ExternalPage, ExternalRow } from './external-row.ts';

interface ListParts {
  readonly query: () => Readonly<Record<string, string>>;
  readonly show: (page: ExternalPage) => void;
  readonly fail: (error: unknown) => void;
}

const PAGE = 50;
/** The most that the admin API gives at once. */
const LARGEST_PAGE = 200;

/** The subjects that are listed, begun at the first and continued page by page. Has no part in how they look. */
export class ExternalList {
  #items: readonly ExternalRow[] = [];
  #nextCursor: string | null = null;
  /** Answers to what was asked for before it was last begun anew are no longer wanted. */
  #beginning = 0;
  readonly #parts: ListParts;

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  /** Begins at the first. */
  begin(): Promise<void> {
    return this.#read(PAGE);
  }

  /** Reads anew what is listed, as far as one page goes. */
  refresh(): Promise<void> {
    return this.#read(Math.min(Math.max(this.#items.length, PAGE), LARGEST_PAGE));
  }

  /** Goes on where the list ends. */
  async continue(): Promise<void> {
    const cursor = this.#nextCursor;
    if (cursor === null) return;
    await this.#ask({ limit: String(PAGE), cursor }, (page) => {
      if (this.#nextCursor === cursor) this.#take([...this.#items, ...page.items], page.nextCursor);
    });
  }

  async #read(limit: number): Promise<void> {
    this.#beginning += 1;
    await this.#ask({ limit: String(limit) }, ({ items, nextCursor }) => this.#take(items, nextCursor));
  }

  #take(items: readonly ExternalRow[], nextCursor: string | null): void {
    this.#items = items;
    this.#nextCursor = nextCursor;
    this.#parts.show({ items, nextCursor });
  }

  async #ask(parameters: Record<string, string>, take: (page: ExternalPage) => void): Promise<void> {
    const beginning = this.#beginning;
    const query = new URLSearchParams({ ...this.#parts.query(), ...parameters });
    try {
      const page = (await askAdminApi(`external-data?${query.toString()}`)) as ExternalPage;
      if (beginning === this.#beginning) take(page);
    } catch (error) {
      if (beginning === this.#beginning) this.#parts.fail(error);
    }
  }
}
