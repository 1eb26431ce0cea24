import { askAdminApi } from '../../../shared/editor/admin-api.ts';
import type { Changes } from '../changes.ts';
import { paced } from '../paced.ts';
import type { DeliveryPage, DeliveryRow } from './delivery.ts';
import { mergePage, type Listed } from './merge-page.ts';

/** What is listed, and what lies beyond its ends. */
export interface ListState extends Listed<DeliveryRow> {
  /** Newer rows that are held back so that nothing moves; with `isMore`, at least so many. */
  readonly newCount: number;
  readonly isMore: boolean;
  /** Newer rows that were listed just now. */
  readonly addedCount: number;
  /** Newer rows were listed and made room for older ones. */
  readonly isCutAbove: boolean;
}

interface ListParts {
  /** The parameters of the admin API for what is to be listed. */
  readonly query: () => Readonly<Record<string, string>>;
  /** Whether somebody reads what is listed, so that it must stay where it is. */
  readonly isRead: () => boolean;
  readonly show: (state: ListState) => void;
  readonly fail: (error: unknown) => void;
}

const PAGE = 50;
const OLDER_PAGE = 100;
/** A longer table makes the editor slow. */
const MOST_ROWS = 500;
/** The most that the admin API gives at once. */
const LARGEST_PAGE = 1000;
const PAUSE_MS = 1000;

const NOTHING: ListState = {
  items: [],
  nextCursor: null,
  newCount: 0,
  isMore: false,
  addedCount: 0,
  isCutAbove: false,
};

/** The rows of the log that are listed: begun at the newest, continued into the past, and kept true. Has no part in how they look. */
export class DeliveryList {
  #state = NOTHING;
  /** Answers to what was asked for before it was last begun anew are no longer wanted. */
  #beginning = 0;
  /** How many rows from the top may have changed. */
  #changedCount = 0;
  readonly #parts: ListParts;
  readonly #refreshing = paced(() => this.#refresh(), PAUSE_MS);

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  /** Begins at the newest row. */
  async begin(): Promise<void> {
    this.#beginning += 1;
    this.#refreshing.forget();
    await this.#ask({ limit: String(PAGE) }, (page) => ({ ...NOTHING, ...page }));
  }

  /** Goes on into the past; the newest rows make room where there are too many. */
  async continue(): Promise<void> {
    const { nextCursor } = this.#state;
    if (nextCursor === null) return;
    await this.#ask({ limit: String(OLDER_PAGE), cursor: nextCursor }, (page) => {
      // Meanwhile the end may have moved.
      if (this.#state.nextCursor !== nextCursor) return this.#state;
      const items = [...this.#state.items, ...page.items];
      const isCut = items.length > MOST_ROWS;
      return {
        ...this.#state,
        items: items.slice(-MOST_ROWS),
        nextCursor: page.nextCursor,
        addedCount: 0,
        isCutAbove: this.#state.isCutAbove || isCut,
      };
    });
  }

  /** Reads anew, soon, what the changes may be about. */
  note({ items, more }: Changes): void {
    const ids = new Set(items.filter(({ kind }) => kind === 'delivery').map(({ id }) => id));
    if (ids.size === 0 && !more) return;
    const last = this.#state.items.map(({ id }) => more || ids.has(id)).lastIndexOf(true);
    this.#changedCount = Math.max(this.#changedCount, last + 1);
    this.#refreshing.ask();
  }

  /** Asks for nothing of itself any more. */
  rest(): void {
    this.#refreshing.forget();
  }

  async #refresh(): Promise<void> {
    const { items, newCount, isCutAbove } = this.#state;
    const limit = this.#isFirstPage() ? PAGE : Math.min(this.#changedCount + newCount + PAGE, LARGEST_PAGE);
    this.#changedCount = 0;
    const newest = isCutAbove ? items[0] : undefined;
    const query = { limit: String(limit), ...(newest && { to: justAfter(newest.createdAt) }) };
    await this.#ask(query, (page) => this.#merged(page));
  }

  /** Nobody has gone into the past, nor reads: newer rows take the place of older ones, however many come in. */
  #isFirstPage(): boolean {
    const { items, isCutAbove } = this.#state;
    return items.length <= PAGE && !isCutAbove && !this.#parts.isRead();
  }

  #merged(page: DeliveryPage): ListState {
    const { isCutAbove } = this.#state;
    const holdNew = isCutAbove || this.#parts.isRead();
    const { items, nextCursor, newCount, hasGap } = mergePage(this.#state, page, { holdNew });
    if (this.#isFirstPage() && page.items.length <= PAGE)
      return { ...NOTHING, ...page, addedCount: newCount };
    if (items.length > MOST_ROWS && !holdNew) {
      // Nobody reads, and a list that is cut at its end cannot be continued.
      void this.begin();
      return this.#state;
    }
    return {
      items,
      nextCursor,
      isCutAbove,
      newCount: holdNew ? newCount : 0,
      isMore: holdNew && hasGap,
      addedCount: holdNew ? 0 : newCount,
    };
  }

  async #ask(parameters: Record<string, string>, next: (page: DeliveryPage) => ListState): Promise<void> {
    const beginning = this.#beginning;
    const query = new URLSearchParams({ ...this.#parts.query(), ...parameters });
    try {
      const page = (await askAdminApi(`deliveries?${query.toString()}`)) as DeliveryPage;
      if (beginning !== this.#beginning) return;
      this.#state = next(page);
      this.#parts.show(this.#state);
    } catch (error) {
      if (beginning === this.#beginning) this.#parts.fail(error);
    }
  }
}

const justAfter = (iso: string): string => new Date(Date.parse(iso) + 1).toISOString();
