import type { Changes } from '../changes.ts';
import { makeNotice } from '../notice.ts';
import { makeQuestion } from '../question.ts';
import { keepTimes } from '../time/time-element.ts';
import type { LogTab, WantedDeliveries } from '../view.ts';
import { DeliveryList, type ListState } from './delivery-list.ts';
import { makeDeliveryTable } from './delivery-table.ts';
import { makeEndsOfList, newerText } from './end-of-list.ts';
import { exportLog } from './export-log.ts';
import { makeFilterForm } from './filter-form.ts';
import { filterQuery, isOpenFilter } from './filter-query.ts';
import { isScrolled } from './keep-place.ts';
import { makeKnownChoices } from './known-choices.ts';
import { makeLastDayBar } from './last-day-bar.ts';
import { makeListActions } from './list-actions.ts';
import { makeResendMany, type Meant } from './resend-many.ts';
import { makeSelectionBar } from './selection-bar.ts';

const EVERYTHING: Changes = { items: [], more: true };

/** The list of the log with all that narrows it, and what can be done with many deliveries. */
export class LogPage {
  readonly element = $('<div class="survey-hooks-log-view">');
  readonly #tab: LogTab;
  readonly #scroll = $('<div class="survey-hooks-log-scroll">');
  readonly #known = makeKnownChoices();
  readonly #filters;
  readonly #lastDay;
  readonly #table;
  readonly #selection;
  readonly #actions;
  readonly #ends;
  readonly #list;
  /** Says what there is to say of the list. */
  readonly #notice;
  /** Says what became of an action. */
  readonly #result;
  readonly #resendMany;
  #isBegun = false;
  /** Something else is in its place. */
  #isAway = false;
  #scrollTop = 0;
  #endTimes: (() => void) | undefined;

  constructor(tab: LogTab, { onOpen }: { readonly onOpen: (id: string) => void }) {
    const { words } = tab;
    const question = makeQuestion(words);
    this.#tab = tab;
    this.#notice = makeNotice(words, () => this.#begin());
    this.#result = makeNotice(words);
    this.#resendMany = makeResendMany({ words, question, notice: this.#result });
    this.#filters = makeFilterForm(words, this.#known, () => this.#begin());
    this.#lastDay = makeLastDayBar(words);
    this.#table = makeDeliveryTable({
      words,
      scroll: this.#scroll,
      onOpen,
      onSelect: () => this.#selection.refresh(),
    });
    this.#selection = makeSelectionBar({
      words,
      table: this.#table,
      onResend: (ids) => void this.#resend({ ids }),
    });
    this.#actions = makeListActions(words, {
      onSelect: this.#selection.open,
      // What comes in meanwhile is not counted.
      onResend: () => void this.#resend({ to: new Date().toISOString(), ...this.#query() }),
      onExport: () => void exportLog(this.#query()).catch(this.#result.sayError),
    });
    this.#ends = makeEndsOfList({
      words,
      onNewest: () => this.#begin(),
      onOlder: () => void this.#list.continue(),
    });
    this.#list = new DeliveryList({
      query: () => this.#query(),
      isRead: () => this.#isRead(),
      show: (state) => this.#show(state),
      fail: this.#notice.sayError,
    });
    this.#build(question.element);
  }

  /** People see it from now on. */
  show(): void {
    this.#scroll.scrollTop(this.#scrollTop);
    this.#endTimes = keepTimes(this.element);
    this.#lastDay.refresh();
    if (this.#isBegun) this.refresh();
    else this.#begin();
  }

  hide(): void {
    this.#endTimes?.();
    this.#lastDay.rest();
    this.#list.rest();
  }

  changed(changes: Changes): void {
    this.#list.note(changes);
    this.#lastDay.refresh();
  }

  /** Lists those and no others. */
  want({ endpoint, endpointName, status }: WantedDeliveries): void {
    this.#isAway = false;
    this.element.prop('hidden', false);
    this.#known.learn([{ endpoint, endpointName, listeningPost: '' }]);
    this.#filters.narrow({ endpoint, status });
  }

  /** Reads what is listed anew. */
  refresh(): void {
    this.#list.note(EVERYTHING);
  }

  /** Makes room for something else; nothing moves meanwhile. */
  leave(): void {
    this.#isAway = true;
    this.element.prop('hidden', true);
  }

  /** Is there again, with the focus on the row that was left. */
  comeBack(id: string): void {
    this.#isAway = false;
    this.element.prop('hidden', false);
    this.#scroll.scrollTop(this.#scrollTop);
    this.#table.focus(id);
  }

  #build(question: JQuery): void {
    const { search, status, toggle, more } = this.#filters;
    const tools = $('<div class="survey-hooks-log-tools">').append(search, status, toggle);
    const fixed = [
      tools,
      more,
      question,
      this.#selection.element,
      this.#result.element,
      this.#notice.element,
    ];
    this.#scroll.append(this.#lastDay.element, this.#actions, this.#table.element, this.#ends.older);
    this.element.append(...fixed, this.#ends.newer, this.#scroll);
    // A browser forgets it while the element is not shown.
    this.#scroll.on('scroll', () => (this.#scrollTop = this.#scroll.scrollTop() ?? 0));
  }

  #query(): Record<string, string> {
    return filterQuery(this.#filters.value(), Date.now());
  }

  #isRead(): boolean {
    const [frame] = this.#scroll.get();
    const isDown = frame !== undefined && isScrolled(frame, this.#table.element);
    return this.#isAway || isDown || this.#selection.isOpen();
  }

  #begin(): void {
    this.#result.clear();
    this.#scroll.scrollTop(0);
    void this.#list.begin();
  }

  async #resend(meant: Meant): Promise<void> {
    if (await this.#resendMany(meant)) this.#selection.close();
  }

  #show(state: ListState): void {
    const { words, announce } = this.#tab;
    const { items, newCount, addedCount } = state;
    const isEmpty = items.length === 0;
    this.#isBegun = true;
    this.#known.learn(items);
    this.#table.show(items);
    this.#ends.show(state);
    this.#table.element.prop('hidden', isEmpty);
    this.#actions.prop('hidden', isEmpty);
    if (isEmpty) this.#notice.say(this.#emptyText(), 'note');
    else this.#notice.clear();
    if (addedCount > 0) announce(newerText({ ...state, newCount: addedCount }, words));
    else if (newCount > 0) announce(newerText(state, words));
  }

  #emptyText(): string {
    const { words } = this.#tab;
    return isOpenFilter(this.#filters.value())
      ? words('webhook-log-tab.deliveries.empty')
      : words('webhook-log-tab.deliveries.no-match');
  }
}
