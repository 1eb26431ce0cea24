import type { Changes } from './changes.ts';

/** What the tab gives to its views. */
export interface LogTab {
  readonly words: Words;
  /** Says something to people who do not look at the screen, when they have heard what came before. */
  readonly announce: (text: string) => void;
}

/** One of the tab's views. It is told `show` and `hide` in turn, and of changes only in between. */
export interface View {
  /** Unique in the tab; part of the ids of elements. */
  readonly id: string;
  /** In words. */
  readonly label: string;
  /** Fills its panel and scrolls within. */
  readonly content: JQuery;
  /** People see it from now on. */
  show(): void;
  /** Nobody sees it any more: the tab, the sidebar or another view hides it. */
  hide(): void;
  changed(changes: Changes): void;
}

export type MakeView = (tab: LogTab) => View;
