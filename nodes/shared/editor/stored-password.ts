import { copyOnClick } from './copy-button.ts';
import { toText } from './text.ts';

/** What the editor puts into the input of a password that is stored and does not come back. */
export const STORED = '__PWRD__';

interface StoredPasswordParts {
  /** The input of the credential. */
  input: JQuery;
  /** Shown while the input can be read. */
  readable: JQuery;
  /** Shown in its place while a stored password is kept. */
  stored: JQuery;
  /** Says what becomes of what the input holds. */
  hint: JQuery;
  copy: JQuery;
  regenerate: JQuery;
  replace: JQuery;
}

interface StoredPasswordWords {
  generate: () => string;
  copied: string;
  /** Said of a password that can be read. */
  hintNew: string;
  /** Said of an empty input while a password is stored. */
  hintKept: string;
}

/** A password that can be read and copied until Deploy; after that it is said to be set, and can be made anew or replaced. */
export function storedPassword(
  parts: StoredPasswordParts,
  { generate, copied, hintNew, hintKept }: StoredPasswordWords,
): void {
  const { input, readable, stored, hint } = parts;
  const hasStored = input.val() === STORED;
  const show = (): void => {
    const isStored = input.val() === STORED;
    readable.toggle(!isStored);
    stored.toggle(isStored);
    hint.toggle(!isStored).text(hasStored && input.val() === '' ? hintKept : hintNew);
  };
  input.on('change input', show);
  const set = (text: string): void => {
    input.val(text).trigger('change');
    show();
  };
  const onClick = (button: JQuery, action: () => void): void =>
    void button.on('click', (event) => {
      event.preventDefault();
      action();
    });
  onClick(parts.regenerate, () => set(generate()));
  onClick(parts.replace, () => {
    set('');
    input.trigger('focus');
  });
  copyOnClick(parts.copy, () => toText(input.val()), copied);
  show();
}

/** Whether the node has a password that is stored and was not made or typed since the editor was opened. */
export const hasStoredPassword = ({ credentials }: EditorNode): boolean =>
  credentials?.['has_password'] === true && !credentials['password'];

/** Keeps a stored password for which "Replace" was chosen and nothing was typed. */
export function keepIfEmpty(input: JQuery, hasStored: boolean): void {
  if (hasStored && input.val() === '') input.val(STORED);
}
