import { makeTime } from '../time/time-element.ts';
import { gmtText } from '../time/relative-time.ts';
import { sortFields, type ExternalRow, type ExternalValueRow } from './external-row.ts';
import { makeValue } from './value-element.ts';

const ICONS: Readonly<Record<ExternalRow['subject']['kind'], string>> = {
  user: 'fa-user-o',
  ticket: 'fa-ticket',
  project: 'fa-folder-o',
};

/** What is kept of a subject, favorites first; the rest is folded away unless it was unfolded. */
export function makeSubjectCard(row: ExternalRow, isUnfolded: boolean, words: Words): JQuery {
  const { subject, groupName, updatedAt } = row;
  const { seen, folded } = sortFields(row.fields);
  const head = $('<div class="survey-hooks-log-subject-head">').append(
    $('<i aria-hidden="true">').addClass(`fa ${ICONS[subject.kind]}`),
    $('<h3>').append(
      $('<span class="survey-hooks-log-dim">').text(
        words(`webhook-log-tab.externalData.kind.${subject.kind}`),
      ),
      ' ',
      $('<span>').text(subject.id),
    ),
  );
  const about = $('<div class="survey-hooks-log-dim">').append(
    $('<span>').text(groupName),
    ' · ',
    makeTime(updatedAt),
  );
  const card = $('<li class="survey-hooks-log-subject">').append(head, about, makeFields(seen, words));
  if (folded.length > 0)
    $('<details>')
      .prop('open', isUnfolded)
      .append(
        $('<summary>').text(words('webhook-log-tab.externalData.more', { count: folded.length })),
        makeFields(folded, words),
      )
      .appendTo(card);
  return card;
}

function makeFields(fields: readonly ExternalValueRow[], words: Words): JQuery {
  const list = $('<dl class="survey-hooks-log-facts">');
  for (const field of fields) {
    const updated = words('webhook-log-tab.externalData.updated', {
      at: gmtText(Date.parse(field.updatedAt)),
    });
    const name = $('<dt>').attr('title', updated).appendTo(list);
    if (field.favorite)
      name.append(
        $('<i class="fa fa-star" role="img">').attr(
          'aria-label',
          words('webhook-log-tab.externalData.favorite'),
        ),
        ' ',
      );
    name.append($('<span>').text(field.label));
    $('<dd>').append(makeValue(field, words)).appendTo(list);
  }
  return list;
}
