import { answerText, requestText, type Interaction } from './interaction.ts';
import { placeInOrder } from './place-in-order.ts';

/**
 * Shows interactions, the latest first, each to be opened. What is open stays so when the list is shown anew, and what did not change
 * keeps the focus. `more` adds to an entry. Everything goes in as text: strangers wrote it.
 */
export function showInteractions(
  list: JQuery,
  interactions: readonly Interaction[],
  { words, more }: { readonly words: Words; readonly more?: (interaction: Interaction) => JQuery },
): void {
  const entries = list
    .children()
    .get()
    .map((entry) => $(entry));
  const open = new Set(
    entries.filter((entry) => entry.prop('open') === true).map((entry) => entry.attr('data-key')),
  );
  const wanted = interactions.map((interaction) => {
    const text = JSON.stringify(interaction);
    const at = entries.findIndex((entry) => entry.data(TEXT) === text);
    const [kept] = at < 0 ? [] : entries.splice(at, 1);
    if (kept) return kept;
    const key = keyOf(interaction);
    const entry = buildEntry(interaction, words)
      .attr('data-key', key)
      .prop('open', open.has(key))
      .data(TEXT, text);
    return more ? entry.append(more(interaction)) : entry;
  });
  placeInOrder(list, wanted);
}

const TEXT = 'survey-hooks-interaction';

/** Two alike at the same moment open together. */
const keyOf = ({ receivedAt, remoteAddress, request }: Interaction): string =>
  [receivedAt, remoteAddress, request.method, request.url].join(' ');

function buildEntry(interaction: Interaction, words: Words): JQuery {
  const { receivedAt, request, decision, answer } = interaction;
  const entry = $('<details class="survey-hooks-interaction">');
  const summary = $('<summary>').appendTo(entry);
  const add = (text: string, name: string): void => {
    $('<span>').addClass(`survey-hooks-interaction-${name}`).text(text).appendTo(summary);
    summary.append(' ');
  };
  add(new Date(receivedAt).toLocaleTimeString(RED.i18n.lang()), 'time');
  add(words(`outcome.${decision.outcome}`), decision.outcome === 'refused' ? 'refused' : 'outcome');
  add(answer ? String(answer.statusCode) : '', 'status');
  add(`${request.method} ${request.url}`, 'target');
  addFacts(entry, interaction, words);
  addText(entry, words('interaction.request'), requestText(interaction, words));
  const answered = answerText(interaction, words) ?? words('interaction.noAnswer');
  addText(entry, words('interaction.answer'), answered);
  return entry;
}

function addFacts(entry: JQuery, { receivedAt, remoteAddress, decision }: Interaction, words: Words): void {
  const facts: [label: string, text: string | null][] = [
    ['at', new Date(receivedAt).toLocaleString(RED.i18n.lang())],
    ['from', remoteAddress],
    ['why', [decision.code, decision.reason].filter((text) => text !== null).join(': ')],
    ['event', decision.eventId],
  ];
  const table = $('<dl>').appendTo(entry);
  for (const [label, text] of facts) {
    if (text === null || text === '') continue;
    $('<dt>')
      .text(words(`interaction.${label}`))
      .appendTo(table);
    $('<dd>').text(text).appendTo(table);
  }
}

function addText(entry: JQuery, label: string, text: string): void {
  $('<div class="survey-hooks-note">').text(label).appendTo(entry);
  // What scrolls has to be reached by the keyboard.
  $('<code class="survey-hooks-code" tabindex="0" role="region">')
    .attr('aria-label', label)
    .text(text)
    .appendTo(entry);
}
