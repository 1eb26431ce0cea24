import { dialogValues } from './dialog-values.ts';
import { readHeaders } from './header-list.ts';
import { toText } from './text.ts';

const PREFIX = 'node-config-input';

/** The credentials of an endpoint. */
export const CREDENTIALS = ['secretUrl', 'username', 'password', 'token', 'headerValue'] as const;

/**
 * An endpoint as its open dialog has it, saved or not, with the credentials that were typed; of one that is stored there is only the
 * mark that the editor has in its place.
 */
export function endpointConfig(node: EditorNode, headers: JQuery): object {
  // One that is itself a secret and was typed without leaving its input has not been moved to the credentials yet.
  $(`#${PREFIX}-url`).trigger('change');
  const credentials = Object.fromEntries(
    CREDENTIALS.map((name) => [name, toText($(`#${PREFIX}-${name}`).val())]),
  );
  const { id, z } = node;
  return { ...dialogValues(node, PREFIX), id, z, headers: readHeaders(headers), credentials };
}
