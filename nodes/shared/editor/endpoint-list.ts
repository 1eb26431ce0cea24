import { toText } from './text.ts';

interface EndpointListParts {
  list: JQuery;
  /** Offers the endpoints that are not in the list. */
  choice: JQuery;
  /** Makes a new endpoint. */
  create: JQuery;
}

/** The ids in the list, in its order. */
export function readEndpoints(list: JQuery): string[] {
  return list
    .editableList('items')
    .toArray()
    .map((item) => toText($(item).find('[data-endpoint]').attr('data-endpoint')));
}

/** The list of endpoints of a node: add one that exists or a new one, edit, reorder, remove. Returns what ends its listening. */
export function endpointList(
  node: EditorNode,
  { list, choice, create }: EndpointListParts,
  endpoints: readonly string[],
): () => void {
  const refresh = (): void => {
    offer(choice, readEndpoints(list), node);
    list.find('[data-endpoint]').each((_, row) => showEndpoint($(row), node._));
  };
  const add = (id: string): void => {
    if (!readEndpoints(list).includes(id)) list.editableList('addItem', id);
    refresh();
  };
  list.editableList<string>({
    addButton: false,
    removable: true,
    sortable: true,
    height: 'auto',
    addItem: (row, _index, id) => buildRow(row, id, node),
    removeItem: refresh,
  });
  for (const id of endpoints) list.editableList('addItem', id);
  choice.on('change', () => {
    const id = toText(choice.val());
    if (id !== '') add(id);
  });
  create.on('click', (event) => {
    event.preventDefault();
    RED.editor.editConfig('', 'webhook-endpoint', '_ADD_', null, node);
  });
  refresh();
  return listen(refresh, add);
}

function listen(refresh: () => void, add: (id: string) => void): () => void {
  const onAdd: NodeListener = ({ id, type }) => {
    if (type === 'webhook-endpoint') add(id);
  };
  RED.events.on('nodes:add', onAdd);
  RED.events.on('nodes:change', refresh);
  RED.events.on('nodes:remove', refresh);
  return () => {
    RED.events.off('nodes:add', onAdd);
    RED.events.off('nodes:change', refresh);
    RED.events.off('nodes:remove', refresh);
  };
}

function buildRow(row: JQuery, id: string, node: EditorNode): void {
  const entry = $('<div class="survey-hooks-endpoint">').attr('data-endpoint', id).appendTo(row);
  $('<span class="survey-hooks-endpoint-label">').appendTo(entry);
  $('<span class="survey-hooks-endpoint-origin">').appendTo(entry);
  const edit = $('<button type="button" class="red-ui-button red-ui-button-small">').appendTo(entry);
  $('<i class="fa fa-pencil">').appendTo(edit);
  edit.attr({
    title: node._('survey-webhook-out.endpoint.edit'),
    'aria-label': node._('survey-webhook-out.endpoint.edit'),
  });
  edit.on('click', () => RED.editor.editConfig('', 'webhook-endpoint', id, null, node));
  showEndpoint(entry, node._);
}

/** Labels come from people, so they are set as text. */
function showEndpoint(entry: JQuery, words: Words): void {
  const id = toText(entry.attr('data-endpoint'));
  const endpoint = RED.nodes.node(id) as
    (EditorNode & { url?: unknown; enabled?: unknown }) | null | undefined;
  const label = entry.find('.survey-hooks-endpoint-label');
  const origin = entry.find('.survey-hooks-endpoint-origin');
  entry.toggleClass('survey-hooks-missing', !endpoint).find('button').toggle(Boolean(endpoint));
  if (!endpoint) {
    label.text(words('survey-webhook-out.endpoint.missing', { id }));
    origin.text('');
    return;
  }
  const isOff = endpoint.d === true || endpoint.enabled === false;
  label.text(RED.utils.getNodeLabel(endpoint, id));
  origin.text(isOff ? words('survey-webhook-out.endpoint.off') : toText(endpoint.url));
}

/** Fills the choice with the endpoints that the node can see and does not list yet. */
function offer(choice: JQuery, listed: readonly string[], node: EditorNode): void {
  choice.empty();
  const options: { id: string; label: string }[] = [];
  RED.nodes.eachConfig((config) => {
    const isVisible = !config.z || config.z === node.z;
    if (config.type === 'webhook-endpoint' && isVisible && !listed.includes(config.id))
      options.push({ id: config.id, label: RED.utils.getNodeLabel(config, config.id) });
    return undefined;
  });
  const word =
    options.length > 0 ? 'survey-webhook-out.endpoint.choose' : 'survey-webhook-out.endpoint.noMore';
  $('<option value="">').text(node._(word)).appendTo(choice);
  options.sort((one, other) => one.label.localeCompare(other.label));
  for (const { id, label } of options) $('<option>').val(id).text(label).appendTo(choice);
  choice.prop('disabled', options.length === 0);
}
