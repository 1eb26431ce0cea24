/** The text of a setting; an empty one if it is missing. */
export const toText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Whether a text names an environment variable, so that only the running flow knows what it says. */
const holdsEnv = (text: string): boolean => /\$\{[^}\s]+\}/.test(text);

/** A validator of any setting: the words say what is wrong, after the setting's label if it has one. */
export function checkValue(words: string, isValid: (value: unknown, node: EditorNode) => boolean): Validator {
  // The editor takes a text for an answer only from a validator that has two parameters.
  return function (value, { label }) {
    if (isValid(value, this)) return true;
    return label === undefined ? this._(words) : `${label}: ${this._(words)}`;
  };
}

/**
 * A validator of a text or number. What an environment variable fills in is not judged, nor a setting that is missing,
 * for which the default stands.
 */
export function check(words: string, isValid: (text: string, node: EditorNode) => boolean): Validator {
  return checkValue(words, (value, node) => {
    const text = toText(value);
    return value === undefined || holdsEnv(text) || isValid(text, node);
  });
}

/** A validator of a list. */
export function checkList(words: string, isValid: (list: readonly unknown[]) => boolean): Validator {
  return checkValue(words, (value) => value === undefined || isValid(Array.isArray(value) ? value : []));
}

/** Whether a text is a whole number between the two, both included. */
export const isWholeNumber =
  (least: number, most: number) =>
  (text: string): boolean =>
    /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** Whether a text says anything. */
export const isFilled = (text: string): boolean => text.trim() !== '';
