import type { LogTab } from '../view.ts';
import { makeEndpointCard, type EndpointCard } from './endpoint-card.ts';
import { healthOf, needsLook } from './endpoint-health.ts';
import type { EndpointRow } from './endpoint-row.ts';
import type { FindSources } from './feeds-part.ts';
import { healthText } from './health-part.ts';

interface ListParts {
  readonly tab: LogTab;
  readonly onChanged: () => void;
  readonly onLinked: () => void;
}

/** The endpoints as cards: those that somebody should look at, then the others, each by name. A card stays where it is until `reorder`. */
export function makeEndpointList(parts: ListParts) {
  const { words, announce } = parts.tab;
  const element = $('<ul class="survey-hooks-log-endpoints">');
  const summary = $('<div class="survey-hooks-log-total">');
  const cards = new Map<string, EndpointCard>();
  /** Whether an endpoint stands among those to look at. */
  const isAbove = new Map<string, boolean>();
  let rows: readonly EndpointRow[] = [];

  const inOrder = (next: readonly EndpointRow[]): readonly EndpointRow[] => {
    for (const row of next) if (!isAbove.has(row.id)) isAbove.set(row.id, needsLook(healthOf(row)));
    const rank = ({ id }: EndpointRow): number => (isAbove.get(id) ? 0 : 1);
    return [...next].sort(
      (one, other) =>
        rank(one) - rank(other) || one.name.localeCompare(other.name) || one.id.localeCompare(other.id),
    );
  };
  const place = (): void => {
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, card] of cards)
      if (!ids.has(id)) {
        card.element.remove();
        cards.delete(id);
      }
    rows.forEach(({ id }, index) => {
      const card = cards.get(id) ?? makeEndpointCard({ ...parts, id });
      cards.set(id, card);
      // What is in its place stays: an element that is moved loses the focus.
      const there = element.children().get(index);
      if (there === card.element.get(0)) return;
      if (there) card.element.insertBefore(there);
      else element.append(card.element);
    });
  };
  const tellChanges = (before: readonly EndpointRow[]): void => {
    const known = new Map(before.map((row) => [row.id, healthOf(row)]));
    for (const row of rows) {
      const health = healthOf(row);
      const last = known.get(row.id);
      if (last !== undefined && last !== health) announce(`${row.name}: ${healthText(health, words)}`);
    }
  };
  const show = (next: readonly EndpointRow[]): void => {
    const before = rows;
    rows = inOrder(next);
    place();
    for (const row of rows) cards.get(row.id)?.show(row);
    const look = rows.filter((row) => needsLook(healthOf(row))).length;
    const counts = { count: rows.length.toLocaleString(), look: look.toLocaleString() };
    summary.text(words(`webhook-log-tab.endpoints.summary${look === 0 ? '' : '-look'}`, counts));
    summary.prop('hidden', rows.length === 0);
    tellChanges(before);
  };
  const showFeeds = (findSources: FindSources): void => {
    for (const row of rows) cards.get(row.id)?.showFeeds(row, findSources);
  };
  return {
    element,
    summary,
    show,
    showFeeds,
    /** What is shown next is put in order anew. */
    reorder: (): void => isAbove.clear(),
  };
}
