import { holdsEnv, toText } from '../../../shared/editor/text.ts';
import type { ExternalRow } from './external-row.ts';

/** The form above the list: which group, and which subject. */
export interface ExternalForm {
  readonly element: JQuery;
  /** The parameters of the admin API. */
  readonly query: () => Readonly<Record<string, string>>;
  /** Offers the groups of the editor, and those that rows told of. */
  readonly refresh: () => void;
  readonly learn: (rows: readonly ExternalRow[]) => void;
  /** Whether there is a group to keep anything in. */
  readonly hasGroups: () => boolean;
}

interface FormParts {
  readonly words: Words;
  readonly onChange: () => void;
  readonly refreshButton: JQuery;
}

/** Whoever types is waited for so long, in ms. */
const TYPING_MS = 400;

export function makeExternalForm({ words, onChange, refreshButton }: FormParts): ExternalForm {
  const seen = new Map<string, string>();
  const group = $('<select>').attr('aria-label', words('webhook-log-tab.externalData.group'));
  const subject = $('<input type="search" class="survey-hooks-log-search" maxlength="256">').attr({
    placeholder: words('webhook-log-tab.externalData.subject'),
    'aria-label': words('webhook-log-tab.externalData.subject'),
    title: words('webhook-log-tab.externalData.subject-title'),
  });
  const element = $('<div class="survey-hooks-log-tools">').append(subject, group, refreshButton);
  const known = (): Map<string, string> => new Map([...seen, ...groupsOfEditor()]);

  const refresh = (): void => {
    const chosen = toText(group.val());
    const options = [...known()].sort(([, one], [, other]) => one.localeCompare(other));
    group.empty().append($('<option value="">').text(words('webhook-log-tab.externalData.any')));
    for (const [id, name] of options) $('<option>').val(id).text(name).appendTo(group);
    group.val(known().has(chosen) ? chosen : '');
  };
  let typing: ReturnType<typeof setTimeout> | undefined;
  subject.on('input', () => {
    clearTimeout(typing);
    typing = setTimeout(onChange, TYPING_MS);
  });
  group.on('change', onChange);
  refresh();
  return {
    element,
    query: () => ({ group: toText(group.val()), subject: toText(subject.val()).trim() }),
    refresh,
    learn: (rows) => {
      const before = seen.size;
      for (const row of rows) seen.set(row.group, row.groupName);
      if (seen.size > before) refresh();
    },
    hasGroups: () => known().size > 0,
  };
}

function groupsOfEditor(): Map<string, string> {
  const groups = new Map<string, string>();
  RED.nodes.eachConfig((node) => {
    if (node.type !== 'external-data-group') return undefined;
    const name = 'name' in node ? toText(node.name) : '';
    groups.set(node.id, name === '' || holdsEnv(name) ? RED.utils.getNodeLabel(node, node.id) : name);
    return undefined;
  });
  return groups;
}
