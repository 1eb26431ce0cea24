import { copyOnClick } from '../../../shared/editor/copy-button.ts';
import type { DeliveryDetail } from '../deliveries/delivery.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeTime, setTime } from '../time/time-element.ts';

/** A list of names and values that tells the facts of a delivery. */
export function makeFacts(words: Words) {
  const element = $('<dl class="survey-hooks-log-facts">');
  const add = (name: string, value: JQuery): JQuery => {
    $('<dt>')
      .text(words(`webhook-log-tab.column.${name}`))
      .appendTo(element);
    return $('<dd>').append(value).appendTo(element);
  };
  const webhookId = $('<code>');
  const copy = makeIconButton('fa-clipboard', words('webhook-log-tab.detail.copy-id'));
  copyOnClick(copy, () => webhookId.text(), words('webhook-log-tab.detail.copied'));
  const listeningPost = $('<span>');
  const accepted = makeTime(null);
  const lastActivity = makeTime(null);
  const attempts = $('<span>');
  const next = makeTime(null);
  add('webhook-id', $('<span class="survey-hooks-log-with-button">').append(webhookId, copy));
  add('listening-post', listeningPost);
  add('accepted', accepted);
  add('last-activity', lastActivity);
  add('attempts', attempts);
  const nextRow = add('next-attempt', next);

  const show = (detail: DeliveryDetail): void => {
    webhookId.text(detail.webhookId);
    listeningPost.text(detail.listeningPost);
    setTime(accepted, detail.createdAt);
    setTime(lastActivity, detail.lastActivityAt);
    attempts.text(detail.attempts);
    setTime(next, detail.nextAttemptAt);
    nextRow.add(nextRow.prev()).prop('hidden', detail.nextAttemptAt === null);
  };
  return { element, show };
}
