import { toText } from './text.ts';

interface SuccessParts {
  /** The setting itself, hidden. */
  success: JQuery;
  choice: JQuery;
  /** The input of the list of status codes. */
  list: JQuery;
  /** The row of that input. */
  listRow: JQuery;
}

/** Chooses between any 2xx, exactly 200 and a list of status codes, all of them one text setting. */
export function successChoice({ success, choice, list, listRow }: SuccessParts): void {
  const current = toText(success.val());
  const isWord = current === '2xx' || current === '200';
  choice.val(isWord ? current : 'list');
  list.val(isWord ? '200,201,204' : current);
  const update = (): void => {
    const chosen = toText(choice.val());
    listRow.toggle(chosen === 'list');
    success.val(chosen === 'list' ? toText(list.val()) : chosen).trigger('change');
  };
  choice.on('change', update);
  list.on('change input', update);
  listRow.toggle(!isWord);
}
