/** The text of a setting; an empty one if it is missing. */
export const toText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Whether a text names an environment variable, so that only the running flow knows what it says. */
export const holdsEnv = (text: string): boolean => /\$\{[^}\s]+\}/.test(text);

/** Whether a text is a whole number between the two, both included. */
export const isWholeNumber =
  (least: number, most: number) =>
  (text: string): boolean =>
    /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** Whether a text says anything. */
export const isFilled = (text: string): boolean => text.trim() !== '';
