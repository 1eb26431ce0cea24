import { isSuccess, parseSuccessRule } from '../../../src/delivery/endpoint/success-rule.ts';
import { toText } from './text.ts';
import { knownAnswer, type KnownAnswer } from './url.ts';

interface TicketWarningParts {
  url: JQuery;
  success: JQuery;
  /** The choice of the success rule. */
  choice: JQuery;
  notice: JQuery;
  /** Says in the notice what the host answers. */
  text: JQuery;
  /** Chooses any 2xx. */
  button: JQuery;
}

/** Warns while the success rule misses what the host is known to answer: each ticket would be made again at every retry. */
export function ticketWarning(parts: TicketWarningParts, words: Words): void {
  const { url, success, choice, notice, text, button } = parts;
  const update = (): void => {
    const answer = missedAnswer(toText(url.val()), toText(success.val()));
    notice.toggle(answer !== undefined);
    if (answer !== undefined) text.text(words(`webhook-endpoint.missed.${answer}`));
  };
  url.on('change input', update);
  success.on('change', update);
  button.on('click', () => void choice.val('2xx').trigger('change').trigger('focus'));
  update();
}

function missedAnswer(url: string, success: string): KnownAnswer | undefined {
  const answer = knownAnswer(url);
  const rule = parseSuccessRule(success);
  return answer !== undefined && rule && !isSuccess(rule, Number(answer)) ? answer : undefined;
}
