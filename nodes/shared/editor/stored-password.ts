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
  copy: JQuery;
  regenerate: JQuery;
  replace: JQuery;
}

/** A password that can be read and copied until Deploy; after that it is said to be set, and can be made anew or replaced. */
export function storedPassword(
  parts: StoredPasswordParts,
  { generate, copied }: { generate: () => string; copied: string },
): void {
  const { input, readable, stored } = parts;
  const show = (): void => {
    const isStored = input.val() === STORED;
    readable.toggle(!isStored);
    stored.toggle(isStored);
  };
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

/** Keeps a stored password for which "Replace" was chosen and nothing was typed. */
export function keepIfEmpty(input: JQuery, hasStored: boolean): void {
  if (hasStored && input.val() === '') input.val(STORED);
}
