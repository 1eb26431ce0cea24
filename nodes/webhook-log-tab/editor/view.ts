import type { Changes } from './changes.ts';
import type { DeliveryStatus } from './deliveries/delivery.ts';

/** What the tab gives to its views. */
export interface LogTab {
  readonly words: Words;
  /** Shows the deliveries of an endpoint that have a status. */
  readonly showDeliveries: (wanted: WantedDeliveries) => void;
  /** Says something to people who do not look at the screen, when they have heard what came before. */
  readonly announce: (text: string) => void;
}

/** Deliveries that another view leads to. */
export interface WantedDeliveries {
  readonly endpoint: string;
  readonly endpointName: string;
  readonly status: DeliveryStatus;
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
  /** Only the view that lists deliveries has it. */
  readonly want?: (wanted: WantedDeliveries) => void;
}

export type MakeView = (tab: LogTab) => View;
