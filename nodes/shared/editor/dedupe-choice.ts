import { readDedupe, writeDedupe, type DedupeChoice } from './dedupe-text.ts';
import { toText } from './text.ts';

interface DedupeParts {
  /** The setting itself, hidden. */
  dedupe: JQuery;
  choice: JQuery;
  place: JQuery;
  placeRow: JQuery;
  /** Says of each choice what it means; their `data-choice` names it. */
  hints: JQuery;
}

const PLACEHOLDERS: Partial<Record<DedupeChoice['by'], string>> = {
  header: 'X-Event-Id',
  payload: 'event.id',
};

/** Chooses where the key of an event stands; all of it is one text setting. */
export function dedupeChoice({ dedupe, choice, place, placeRow, hints }: DedupeParts): void {
  const current = readDedupe(toText(dedupe.val()));
  if (current.by !== 'text') choice.find('option[value=text]').remove();
  choice.val(current.by);
  place.val(current.place);
  const show = (): DedupeChoice['by'] => {
    const by = toText(choice.val()) as DedupeChoice['by'];
    placeRow.toggle(by !== 'off' && by !== 'signature');
    place.attr('placeholder', PLACEHOLDERS[by] ?? '');
    hints.each((_, hint) => void $(hint).toggle($(hint).attr('data-choice') === by));
    return by;
  };
  const update = (): void => {
    dedupe.val(writeDedupe({ by: show(), place: toText(place.val()) })).trigger('change');
    place.toggleClass('input-error', dedupe.hasClass('input-error'));
  };
  choice.on('change', update);
  place.on('change input', update);
  show();
}
