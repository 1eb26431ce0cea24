import { hasRole } from '../../../src/inbound/authenticators/has-role.ts';
import { askAdminApi } from './admin-api.ts';
import { readApiKeys, readKey, readRoles, writeApiKeys, type ListedKey } from './api-keys.ts';
import { copyOnClick } from './copy-button.ts';
import { holdsEnv, isFilled, toText } from './text.ts';

interface ApiKeyParts {
  /** The input of the credential, hidden. */
  stored: JQuery;
  /** What a key must be good for. */
  role: JQuery;
  list: JQuery;
  add: JQuery;
  /** Said where a new key could not be had. */
  failed: JQuery;
}

/** A key that was just made, with the key itself, which only this dialog ever sees. */
interface NewKey extends ListedKey {
  readonly key: string;
}

const FIRST_ROLE = 'sender';

/** The keys of a hook: add, rename, revoke. Answers how to read the latest key that was made here and is still in the list. */
export function apiKeyList(parts: ApiKeyParts, words: Words): () => string {
  const { stored, role, list, add, failed } = parts;
  const rows = (): JQuery[] =>
    list
      .children()
      .toArray()
      .map((row) => $(row));
  const update = (): void => {
    for (const row of rows()) judge(row, toText(role.val()).trim(), words);
    stored.val(writeApiKeys(rows().map(readRow))).trigger('change');
  };
  const show = (key: ListedKey & Partial<NewKey>): JQuery => buildRow(key, words, update).appendTo(list);

  for (const key of readApiKeys(toText(stored.val()))) show(key);
  role.on('change input', update);
  add.on('click', () => {
    const name = words('inbound-hook-in.key.newName', { number: list.children().length + 1 });
    const roles = [toText(role.val()).trim()].filter((text) => text !== '' && !holdsEnv(text));
    failed.hide();
    add.prop('disabled', true);
    askAdminApi('keys', { name, roles: roles.length > 0 ? roles : [FIRST_ROLE] })
      .then((answer) => {
        const row = show({ ...readKey(answer), key: toText((answer as Partial<NewKey>).key) });
        update();
        row.find('[data-field=name]').trigger('focus').trigger('select');
      })
      .catch(() => void failed.show())
      .finally(() => void add.prop('disabled', false));
  });
  for (const row of rows()) judge(row, toText(role.val()).trim(), words);
  return () =>
    rows()
      .map((row) => row.find('[data-field=key]').text())
      .filter((key) => key !== '')
      .at(-1) ?? '';
}

function buildRow(key: ListedKey & Partial<NewKey>, words: Words, onChange: () => void): JQuery {
  const row = $('<div class="survey-hooks-key">').data('key', key);
  const cells = $('<div class="survey-hooks-cells">').appendTo(row);
  const cell = (field: 'name' | 'roles', text: string): void => {
    const label = $('<label class="survey-hooks-cell">').appendTo(cells);
    $('<span>')
      .text(words(`inbound-hook-in.key.${field}`))
      .appendTo(label);
    $('<input type="text" spellcheck="false">')
      .attr('data-field', field)
      .val(text)
      .on('change input', onChange)
      .appendTo(label);
  };
  cell('name', key.name);
  cell('roles', key.roles.join(', '));
  $('<button type="button" class="red-ui-button" data-field="revoke">')
    .text(words('inbound-hook-in.key.revoke'))
    .on('click', () => {
      row.remove();
      onChange();
    })
    .appendTo(cells);
  $('<div class="survey-hooks-note" data-field="note">').appendTo(row);
  if (key.key !== undefined) showKey(row, key.key, words);
  return row;
}

/** The one time that the key can be seen. */
function showKey(row: JQuery, key: string, words: Words): void {
  const line = $('<div class="survey-hooks-beside">').appendTo(row);
  $('<code class="survey-hooks-code survey-hooks-grow" data-field="key">').text(key).appendTo(line);
  const title = words('inbound-hook-in.button.copy');
  const copy = $('<button type="button" class="red-ui-button">').attr({ title, 'aria-label': title });
  $('<i class="fa fa-copy">').appendTo(copy);
  copy.appendTo(line);
  copyOnClick(copy, () => key, words('inbound-hook-in.notice.copied'));
  $('<div class="survey-hooks-note">').text(words('inbound-hook-in.key.once')).appendTo(row);
}

const field = (row: JQuery, name: 'name' | 'roles'): JQuery => row.find(`[data-field=${name}]`);

function readRow(row: JQuery): ListedKey {
  const { id, hash } = readKey(row.data('key'));
  const name = toText(field(row, 'name').val()).trim();
  return { id, name, hash, roles: readRoles(toText(field(row, 'roles').val())) };
}

/** Marks what is missing, and says of a key without the role that it lets nobody in. */
function judge(row: JQuery, role: string, words: Words): void {
  const { name, roles } = readRow(row);
  const isFit = holdsEnv(role) || hasRole({ roles }, role);
  field(row, 'name').toggleClass('input-error', !isFilled(name));
  field(row, 'roles').toggleClass('input-error', !isFit);
  const note =
    role === '' ? words('inbound-hook-in.key.noRole') : words('inbound-hook-in.key.otherRole', { role });
  row
    .find('[data-field=note]')
    .text(isFit ? '' : note)
    .toggle(!isFit);
}
