import { outNodesFor, setLinked } from './out-nodes.ts';

let choiceCount = 0;

/** Where a person ticks which out nodes of the canvas send to an endpoint. */
export function makeLinkChoice(endpointId: string, words: Words, onChanged: () => void) {
  const say = (key: string): string => words(`webhook-log-tab.endpoints.feeds.${key}`);
  const id = `survey-hooks-log-link-choice-${++choiceCount}`;
  const button = $('<button type="button" class="red-ui-button red-ui-button-small">')
    .attr({ 'aria-expanded': 'false', 'aria-controls': id })
    .text(say('change'));
  const rows = $('<div>');
  const note = $('<p class="survey-hooks-log-dim" role="status">').text(say('takes-deploy'));
  const element = $('<fieldset class="survey-hooks-log-link-choice">')
    .attr('id', id)
    .append($('<legend>').text(say('legend')), rows, note)
    .prop('hidden', true);
  const boxes = new Map<string, JQuery>();

  const tick = (nodeId: string, box: JQuery): void => {
    const isLinked = box.prop('checked') === true;
    // Its dialog would write what it had before over the change.
    if (RED.view.state() === RED.state.EDITING) {
      box.prop('checked', !isLinked);
      note.text(say('dialog-open'));
      return;
    }
    note.text(say('takes-deploy'));
    setLinked(nodeId, endpointId, isLinked);
    onChanged();
  };
  const build = (): void => {
    rows.empty();
    boxes.clear();
    for (const { id: nodeId, label, flow } of outNodesFor(endpointId)) {
      const box = $('<input type="checkbox">').on('change', () => tick(nodeId, box));
      boxes.set(nodeId, box);
      const text = $('<span>').append($('<span>').text(label));
      if (flow !== '') text.append(' ', $('<span class="survey-hooks-log-dim">').text(flow));
      $('<label>').append(box, text).appendTo(rows);
    }
  };
  /** What has the focus stays there as long as the same nodes are offered. */
  const refresh = (): void => {
    const offered = outNodesFor(endpointId);
    const isPossible = offered.length > 0 && RED.user.hasPermission('flows.write');
    button.prop('hidden', !isPossible);
    element.prop('hidden', !isPossible || button.attr('aria-expanded') !== 'true');
    if (element.prop('hidden') === true) return;
    const isSame = offered.length === boxes.size && offered.every((node) => boxes.has(node.id));
    if (!isSame) build();
    for (const { id: nodeId, isLinked, isLocked } of offered)
      boxes.get(nodeId)?.prop({ checked: isLinked, disabled: isLocked });
  };
  button.on('click', () => {
    const isOpen = button.attr('aria-expanded') === 'true';
    button.attr('aria-expanded', String(!isOpen));
    boxes.clear();
    refresh();
  });
  return { button, element, refresh };
}
