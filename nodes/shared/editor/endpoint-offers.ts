import { changeNode } from './change-node.ts';
import { factsOf } from '../../../src/survey/formats/format-facts.ts';
import { misfitsOf, type Misfit } from './endpoint-misfits.ts';
import { vendorOf, wordOf } from './format-words.ts';
import { toText } from './text.ts';
import { wiredEndpoints } from './wired-endpoints.ts';

/** What is offered to be changed at the endpoints behind an open format dialog. */
export interface EndpointOffers {
  /** Makes the changes that were taken; returns what undoes them. */
  apply(): HistoryEvent[];
}

interface Offer extends Misfit {
  readonly endpoint: EditorNode;
}

/** Enough to know an offer again after the choice of another format and back. */
const keyOf = ({ endpoint, setting, wanted }: Offer): string => `${endpoint.id} ${setting} ${wanted}`;

/**
 * Warns of each endpoint that the format's output is sent to and that cannot deliver it as it is set, and offers to change it. What is
 * taken is done when the dialog is confirmed, and only if it fits the format that is chosen then.
 */
export function endpointOffers(node: EditorNode, format: JQuery, list: JQuery): EndpointOffers {
  const endpoints = wiredEndpoints(node);
  const taken = new Set<string>();
  const offers = (): Offer[] =>
    endpoints.flatMap((endpoint) =>
      misfitsOf(endpoint, toText(format.val())).map((misfit) => ({ endpoint, ...misfit })),
    );
  const show = (): void => {
    list.empty();
    for (const offer of offers()) {
      const key = keyOf(offer);
      const isTaken = taken.has(key);
      const button = offerRow(list, { offer, isTaken, format: toText(format.val()) }, node._);
      button.on('click', () => {
        if (isTaken) taken.delete(key);
        else taken.add(key);
        show();
        list.find(`[data-offer="${CSS.escape(key)}"] button`).trigger('focus');
      });
    }
  };
  format.on('change', show);
  show();
  return { apply: () => applyAll(offers().filter((offer) => taken.has(keyOf(offer)))) };
}

/** One change for each endpoint, so that one step undoes it. */
function applyAll(offers: readonly Offer[]): HistoryEvent[] {
  const settings = new Map<EditorNode, Record<string, string>>();
  for (const { endpoint, setting, wanted } of offers)
    settings.set(endpoint, { ...settings.get(endpoint), [setting]: wanted });
  return [...settings].map(([endpoint, wanted]) => changeNode(endpoint, wanted));
}

interface OfferRow {
  readonly offer: Offer;
  readonly isTaken: boolean;
  readonly format: string;
}

/** Adds the row of an offer and returns its button. The endpoint's label comes from people, so it is set as text. */
function offerRow(list: JQuery, { offer, isTaken, format }: OfferRow, words: Words): JQuery {
  const { endpoint, setting, wanted } = offer;
  const value = setting === 'success' ? words(`payload-format.rule.${wanted}`) : wanted;
  const row = $('<div class="form-tips survey-hooks-beside">')
    .attr('data-offer', keyOf(offer))
    .appendTo(list);
  row.toggleClass('survey-hooks-warning', !isTaken);
  const text = $('<div class="survey-hooks-grow">').appendTo(row);
  $('<strong>').text(RED.utils.getNodeLabel(endpoint, endpoint.id)).appendTo(text);
  const sentences = isTaken
    ? [words(`payload-format.taken.${setting}`, { value })]
    : [warning(offer, format, words), ...(isShared(endpoint) ? [words('payload-format.misfit.shared')] : [])];
  $('<span>')
    .text(` ${sentences.join(' ')}`)
    .appendTo(text);
  return $('<button type="button" class="red-ui-button red-ui-button-small">')
    .text(isTaken ? words('payload-format.button.leave') : words('payload-format.button.use', { value }))
    .appendTo(row);
}

const isShared = ({ users = [] }: EditorNode): boolean => users.length > 1;

function warning({ setting, current, wanted }: Offer, format: string, words: Words): string {
  const target = words(`payload-format.target.${vendorOf(format)}`);
  const answers = factsOf(format)?.answers ?? '';
  const misfit = words(`payload-format.misfit.${setting}`, { target, current, wanted, answers });
  return setting === 'method' ? misfit : `${misfit} ${words(`payload-format.again.${wordOf(format)}`)}`;
}
