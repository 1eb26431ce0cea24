import { toText } from './validators.ts';

/** Whether a text is a success rule: `2xx`, `200` or a list such as `200,201,204`. */
export const isSuccessRule = (text: string): boolean =>
  /^\s*(?:2xx|[1-5]\d\d(?:\s*,\s*[1-5]\d\d)*)\s*$/i.test(text);

interface SuccessParts {
  /** The setting itself, hidden. */
  success: JQuery;
  choice: JQuery;
  /** The input of the list of status codes. */
  list: JQuery;
}

/** Chooses between any 2xx, exactly 200 and a list of status codes, all of them one text setting. */
export function successChoice({ success, choice, list }: SuccessParts): void {
  const current = toText(success.val());
  const isWord = current === '2xx' || current === '200';
  choice.val(isWord ? current : 'list');
  list.val(isWord ? '200,201,204' : current);
  const update = (): void => {
    const chosen = toText(choice.val());
    list.toggle(chosen === 'list');
    success.val(chosen === 'list' ? toText(list.val()) : chosen).trigger('change');
  };
  choice.on('change', update);
  list.on('change keyup', update);
  list.toggle(!isWord);
}
