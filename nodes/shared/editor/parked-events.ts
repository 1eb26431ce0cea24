import { askAdminApi } from './admin-api.ts';

export interface ParkedParts {
  /** Shown while there are any. */
  row: JQuery;
  count: JQuery;
  run: JQuery;
  drop: JQuery;
  /** Asks whether it is meant, in place of the two buttons. */
  confirm: JQuery;
  question: JQuery;
  yes: JQuery;
  no: JQuery;
  failed: JQuery;
}

/** A hook by its id, and the words for what its dialog shows of it. */
export interface WordedHook {
  readonly id: string;
  readonly words: Words;
}

type Action = 'run' | 'drop';

/** Runs a hook's parked events again, or deletes them, once a person has said twice that it is meant. Answers what shows how many there are. */
export function parkedEvents(
  parts: ParkedParts,
  { id, words }: WordedHook,
  onDone: () => void,
): (count: number) => void {
  const { row, count, run, drop, confirm, question, yes, no, failed } = parts;
  let parked = 0;
  let asked: Action = 'run';
  const ask = (isAsking: boolean): void => {
    confirm.toggle(isAsking);
    for (const button of [run, drop]) button.toggle(!isAsking);
  };
  const choose = (action: Action): void => {
    asked = action;
    question.text(words(`parked.${action}`, { count: parked }));
    ask(true);
    no.trigger('focus');
  };
  run.on('click', () => choose('run'));
  drop.on('click', () => choose('drop'));
  no.on('click', () => {
    ask(false);
    (asked === 'run' ? run : drop).trigger('focus');
  });
  yes.on('click', () => {
    failed.hide();
    askAdminApi(`hooks/${encodeURIComponent(id)}/parked`, { action: asked })
      .catch(() => void failed.show())
      .finally(() => {
        ask(false);
        onDone();
      });
  });
  ask(false);
  return (now) => {
    parked = now;
    count.text(words('parked.count', { count: now }));
    row.toggle(now > 0);
  };
}
