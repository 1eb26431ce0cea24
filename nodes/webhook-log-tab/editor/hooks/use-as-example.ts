import { fieldsOfInteraction, type ExampleField } from '../../../shared/editor/example-fields.ts';
import { makeExampleGiver } from '../../../shared/editor/example-hand-over.ts';
import type { Interaction } from '../../../shared/editor/interaction.ts';
import { findMappingNodes } from '../../../shared/editor/mapping-nodes.ts';
import { toText } from '../../../shared/editor/text.ts';

type Give = ReturnType<typeof makeExampleGiver>;

/** Gives a function that makes, for an interaction of a hook, what hands its fields to the dialog of a mapping. */
export function exampleUser(words: Words): (hookId: string, interaction: Interaction) => JQuery {
  const give = makeExampleGiver();
  const say = (key: string): string => words(`webhook-log-tab.hooks.example.${key}`);
  return (hookId, interaction) => {
    const element = $('<div class="survey-hooks-log-example">');
    const example = fieldsOfInteraction(interaction);
    if (example.kind === 'none')
      return element.addClass('survey-hooks-log-dim').text(`${say('cannot')} ${say(`why.${example.why}`)}`);
    return element.append(makeButton(say, { hookId, fields: example.fields, give }));
  };
}

interface Handing {
  readonly hookId: string;
  readonly fields: readonly ExampleField[];
  readonly give: Give;
}

function makeButton(say: (key: string) => string, handing: Handing): JQuery[] {
  const use = $(
    '<button type="button" class="red-ui-button red-ui-button-small" aria-expanded="false">',
  ).text(say('use'));
  const choice = $('<select>');
  const open = $('<button type="button" class="red-ui-button red-ui-button-small primary">').text(
    say('open'),
  );
  const note = $('<div role="status">');
  const chooser = $('<div class="survey-hooks-log-example-choice">')
    .append($('<label>').append($('<span>').text(say('target')), choice), open)
    .prop('hidden', true);
  use.on('click', () => {
    const isShown = chooser.prop('hidden') === true && offer(choice, handing.hookId, say);
    chooser.prop('hidden', !isShown);
    use.attr('aria-expanded', String(isShown));
    note.text(choice.children().length > 0 ? '' : say('no-target'));
    if (isShown) choice.trigger('focus');
  });
  open.on('click', () => {
    const node = RED.nodes.node(toText(choice.val()));
    if (!node) note.text(say('gone'));
    else note.text(handing.give(node, handing.fields) ? '' : say('busy'));
  });
  return [use, chooser, note];
}

/** Offers the mappings of the editor as it is now, those that the hook's flow leads to first; false where there is none. */
function offer(choice: JQuery, hookId: string, say: (key: string) => string): boolean {
  const { reached, others } = findMappingNodes(RED.nodes.node(hookId));
  const group = (label: string, nodes: readonly EditorNode[]): JQuery =>
    $('<optgroup>')
      .attr('label', label)
      .append(nodes.map((node) => $('<option>').val(node.id).text(labelOf(node))));
  choice.empty();
  if (reached.length > 0) choice.append(group(say('reached'), reached));
  if (others.length > 0) choice.append(group(say('others'), others));
  return reached.length + others.length > 0;
}

const labelOf = (node: EditorNode): string => `${RED.utils.getNodeLabel(node, node.id)} (${node.type})`;
