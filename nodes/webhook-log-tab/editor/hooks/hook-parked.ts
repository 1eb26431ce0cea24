import { parkedEvents } from '../../../shared/editor/parked-events.ts';

interface ParkedParts {
  readonly id: string;
  /** Those below `debug`. */
  readonly debugWords: Words;
  readonly words: Words;
  readonly onDone: () => void;
}

/** The parked events of a hook, with what can be done with them. */
export function makeParked({ id, debugWords, words, onDone }: ParkedParts) {
  const button = (name: string): JQuery =>
    $('<button type="button" class="red-ui-button red-ui-button-small">').text(
      words(`webhook-log-tab.hooks.parked.${name}`),
    );
  const [run, drop, yes, no] = [button('run'), button('drop'), button('yes'), button('no')];
  const count = $('<div>');
  const question = $('<div>');
  const confirm = $('<div role="alertdialog">')
    .attr('aria-label', words('webhook-log-tab.hooks.parked.label'))
    .append(question, $('<div class="survey-hooks-log-buttons">').append(yes, no));
  const failed = $('<div role="status">').text(words('webhook-log-tab.hooks.parked.failed')).hide();
  const element = $('<div class="survey-hooks-log-hook-parked">')
    .append(count, $('<div class="survey-hooks-log-buttons">').append(run, drop), confirm, failed)
    .hide();
  const parts = { row: element, count, run, drop, confirm, question, yes, no, failed };
  return { element, show: parkedEvents(parts, { id, words: debugWords }, onDone) };
}
