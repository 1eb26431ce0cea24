import { AdminApiError, askAdminApi } from '../../../shared/editor/admin-api.ts';
import { makeIconButton } from '../icon-button.ts';
import { makeNotice } from '../notice.ts';

/** Resends one delivery; where its endpoint is gone it offers the others. */
export function makeResendOne(words: Words, { onResent }: { readonly onResent: () => void }) {
  const button = makeIconButton('fa-repeat', words('webhook-log-tab.resend.yes'));
  const notice = makeNotice(words);
  const select = $('<select>').attr('aria-label', words('webhook-log-tab.resend.other'));
  const go = makeIconButton('fa-repeat', words('webhook-log-tab.resend.yes'));
  const choice = $('<div class="survey-hooks-log-choice">').prop('hidden', true);
  choice.append($('<label>').append($('<span>').text(words('webhook-log-tab.resend.other')), select), go);
  const element = $('<div>').append(notice.element, choice);
  let id = '';

  const offerOthers = (): void => {
    select.empty();
    RED.nodes.eachConfig((node) => {
      if (node.type === 'webhook-endpoint')
        $('<option>').attr('value', node.id).text(RED.utils.getNodeLabel(node, node.id)).appendTo(select);
      return undefined;
    });
    const hasOthers = select.children().length > 0;
    choice.prop('hidden', !hasOthers);
    notice.say(words(`webhook-log-tab.resend.${hasOthers ? 'gone' : 'gone-no-other'}`), 'problem');
    if (hasOthers) select.trigger('focus');
  };
  const resend = async (endpoint?: string): Promise<void> => {
    const asked = id;
    button.add(go).prop('disabled', true);
    try {
      await askAdminApi(`deliveries/${encodeURIComponent(asked)}/resend`, endpoint ? { endpoint } : {});
      if (asked === id) {
        choice.prop('hidden', true);
        notice.say(words('webhook-log-tab.resend.one'), 'note');
      }
      onResent();
    } catch (error) {
      if (asked === id) fail(error);
    } finally {
      button.add(go).prop('disabled', false);
    }
  };
  const fail = (error: unknown): void => {
    if (!(error instanceof AdminApiError)) throw error;
    if (error.code === 'endpoint_gone') offerOthers();
    else if (error.status === 401 || error.status === 403)
      notice.say(words('webhook-log-tab.resend.forbidden'), 'problem');
    else notice.sayError(error);
  };
  button.on('click', () => void resend());
  go.on('click', () => void resend(String(select.val())));

  return {
    button,
    element,
    /** Is about another delivery from now on. */
    reset: (next: string): void => {
      id = next;
      choice.prop('hidden', true);
      notice.clear();
    },
  };
}
