import { AdminApiError } from '../../shared/editor/admin-api.ts';

/** Says why there is nothing to see, and what to do about it. */
export interface Notice {
  /** Hidden while there is nothing to say. */
  readonly element: JQuery;
  readonly say: (text: string, kind: 'note' | 'problem') => void;
  /** What a request to the admin API ended in. */
  readonly sayError: (error: unknown) => void;
  readonly clear: () => void;
}

/** A place for a notice; with `retry` a problem that may pass comes with a button that tries again. */
export function makeNotice(words: Words, retry?: () => void): Notice {
  const element = $('<div class="survey-hooks-log-notice" role="status">').prop('hidden', true);
  const icon = $('<i class="fa" aria-hidden="true">');
  const text = $('<div class="survey-hooks-log-notice-text">');
  const again = $('<button type="button" class="red-ui-button red-ui-button-small">')
    .text(words('webhook-log-tab.notice.retry'))
    .on('click', () => retry?.());
  element.append(icon, text, again);

  const say: Notice['say'] = (said, kind) => {
    element.prop('hidden', false).toggleClass('survey-hooks-log-problem', kind === 'problem');
    icon.attr('class', `fa ${kind === 'problem' ? 'fa-exclamation-triangle' : 'fa-info-circle'}`);
    // What is said again must not be heard again.
    if (text.text() !== said) text.text(said);
    again.prop('hidden', kind === 'note' || !retry);
  };
  return {
    element,
    say,
    sayError: (error) => say(errorText(error, words), 'problem'),
    clear: () => void element.prop('hidden', true),
  };
}

/** What a request to the admin API ended in, in words. */
export function errorText(error: unknown, words: Words): string {
  if (!(error instanceof AdminApiError)) return words('webhook-log-tab.notice.failed', { reason: '' });
  const { status, reason } = error;
  switch (status) {
    case 0:
      return words('webhook-log-tab.notice.unreachable');
    case 401:
    case 403:
      return words('webhook-log-tab.notice.forbidden');
    case 404:
      return words('webhook-log-tab.notice.gone');
    case 503:
      return words('webhook-log-tab.notice.store', { reason });
    default:
      return words('webhook-log-tab.notice.failed', { reason: reason === '' ? String(status) : reason });
  }
}
