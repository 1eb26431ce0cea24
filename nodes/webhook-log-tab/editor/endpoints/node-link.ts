import type { CanvasNode } from './out-nodes.ts';

/** Adds a row with a node's label, which leads to it on the canvas, and the flow it stands in. People wrote both: they go in as text. */
export function addNodeLink(list: JQuery, { id, label, flow }: CanvasNode, words: Words): void {
  const row = $('<li>').attr('data-node', id).appendTo(list);
  const title = words('webhook-log-tab.endpoints.feeds.reveal');
  $('<button type="button" class="survey-hooks-log-opener">')
    .attr({ title, 'aria-label': `${label}: ${title}` })
    .prop('disabled', !RED.nodes.node(id))
    .append($('<i class="fa fa-crosshairs" aria-hidden="true">'), ' ', $('<span>').text(label))
    .on('click', () => RED.view.reveal(id))
    .appendTo(row);
  if (flow !== '') $('<span class="survey-hooks-log-dim">').text(` ${flow}`).appendTo(row);
}
