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
  /** Empties the input, so that something else can be typed. */
  replace: JQuery;
  copy?: JQuery;
  regenerate?: JQuery;
}

interface StoredPasswordWords {
  /** Needed where there is a button for it. */
  generate?: () => string;
  copied: string;
  /** Said of a password that can be read. */
  hintNew: string;
  /** Said of an empty input while a password is stored. */
  hintKept: string;
  /** Said of an empty input while none is stored; `hintNew` where it is missing. */
  hintEmpty?: string;
}

/** A password that can be read and copied until Deploy; after that it is said to be set, and can be made anew or replaced. */
export function storedPassword(
  parts: StoredPasswordParts,
  { generate, copied, hintNew, hintKept, hintEmpty = hintNew }: StoredPasswordWords,
): void {
  const { input, readable, stored, hint } = parts;
  const hasStored = input.val() === STORED;
  const show = (): void => {
    const isStored = input.val() === STORED;
    readable.toggle(!isStored);
    stored.toggle(isStored);
    const emptyHint = hasStored ? hintKept : hintEmpty;
    hint.toggle(!isStored).text(input.val() === '' ? emptyHint : hintNew);
  };
  input.on('change input', show);
  const set = (text: string): void => {
    input.val(text).trigger('change');
    show();
  };
  onClick(parts.regenerate, () => set(generate?.() ?? ''));
  onClick(parts.replace, () => {
    set('');
    input.trigger('focus');
  });
  if (parts.copy) copyOnClick(parts.copy, () => toText(input.val()), copied);
  show();
}

function onClick(button: JQuery | undefined, action: () => void): void {
  button?.on('click', (event) => {
    event.preventDefault();
    action();
  });
}

/** Whether the node has a password that is stored and was not made or typed since the editor was opened. */
export const hasStoredPassword = ({ credentials }: EditorNode, name = 'password'): boolean =>
  credentials?.[`has_${name}`] === true && !credentials[name];

/** Keeps a stored password for which "Replace" was chosen and nothing was typed. */
export function keepIfEmpty(input: JQuery, hasStored: boolean): void {
  if (hasStored && input.val() === '') input.val(STORED);
}
