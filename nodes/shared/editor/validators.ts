import { holdsEnv, toText } from './text.ts';

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

/** A validator of any setting that finds what is wrong in words of its own; undefined is nothing. */
export function checkValueReason(
  reasonOf: (value: unknown, node: EditorNode) => string | undefined,
): Validator {
  // As above: the second parameter has to be there.
  return function (value, { label }) {
    const reason = reasonOf(value, this);
    if (reason === undefined) return true;
    return label === undefined ? reason : `${label}: ${reason}`;
  };
}

/** The same for a text. A setting that is missing is not judged. */
export const checkReason = (reasonOf: (text: string, node: EditorNode) => string | undefined): Validator =>
  checkValueReason((value, node) => (value === undefined ? undefined : reasonOf(toText(value), node)));

/** A validator of a list. */
export function checkList(words: string, isValid: (list: readonly unknown[]) => boolean): Validator {
  return checkValue(words, (value) => value === undefined || isValid(Array.isArray(value) ? value : []));
}
