import { askAdminApi } from './admin-api.ts';
import { findTrouble, type ListedEndpoint } from './endpoint-trouble.ts';

interface StateParts {
  notice: JQuery;
  text: JQuery;
  /** Lets the deliveries go on. */
  button: JQuery;
}

/**
 * Says in the dialog of an endpoint why the deliveries of the deployed one wait, where its settings do not tell, and lets a person end
 * that. Answers what looks anew.
 */
export function endpointState(
  { notice, text, button }: StateParts,
  { id, _: words }: EditorNode,
): () => void {
  const show = async (): Promise<void> => {
    // It is what the admin API answers.
    const rows = (await askAdminApi('endpoints')) as ListedEndpoint[];
    const trouble = findTrouble(rows.find((row) => row.id === id));
    notice.toggle(trouble !== undefined);
    if (trouble === undefined) return;
    text.text(words(`webhook-endpoint.state.${trouble}`));
    button.toggle(trouble !== 'untested');
    if (trouble !== 'untested') button.text(words(`webhook-endpoint.resume.${trouble}`));
  };
  // Who may not see it, or cannot, has the dialog all the same.
  const look = (): void => void show().catch(() => void notice.hide());
  button.on('click', () => {
    askAdminApi(`endpoints/${encodeURIComponent(id)}/enable`, {})
      .then(look)
      .catch(() => void text.text(words('webhook-endpoint.state.failed')));
  });
  notice.hide();
  look();
  return look;
}
