/** A question that stands where it was asked, with two buttons. */
export interface Question {
  /** Hidden while nothing is asked. */
  readonly element: JQuery;
  /** Asks instead of what was asked before; `yes` = what the one button says. Escape means no, and the focus goes back where it was. */
  readonly ask: (text: string, yes: string) => Promise<boolean>;
}

let questionCount = 0;

export function makeQuestion(words: Words): Question {
  const element = $('<div role="alertdialog" class="survey-hooks-log-question">').prop('hidden', true);
  const textId = `survey-hooks-log-question-${++questionCount}`;
  const text = $('<div>').attr('id', textId).appendTo(element);
  element.attr('aria-labelledby', textId);
  const button = (): JQuery => $('<button type="button" class="red-ui-button red-ui-button-small">');
  const yes = button().addClass('primary');
  const no = button().text(words('webhook-log-tab.question.no'));
  $('<div class="survey-hooks-log-buttons">').append(yes, no).appendTo(element);

  let answer: ((isYes: boolean) => void) | undefined;
  let asker: Element | null = null;
  const settle = (isYes: boolean): void => {
    const settled = answer;
    answer = undefined;
    element.prop('hidden', true);
    if (asker) $(asker).trigger('focus');
    settled?.(isYes);
  };
  yes.on('click', () => settle(true));
  no.on('click', () => settle(false));
  element.on('keydown', ({ key }) => {
    if (key === 'Escape') settle(false);
  });

  return {
    element,
    ask: (asked, yesText) =>
      new Promise((resolve) => {
        answer?.(false);
        asker = document.activeElement;
        answer = resolve;
        text.text(asked);
        yes.text(yesText);
        element.prop('hidden', false);
        no.trigger('focus');
      }),
  };
}
