import { AdminApiError } from './admin-api.ts';
import { fieldsOfInteraction, type ExampleField } from './example-fields.ts';
import { takeExamples } from './example-hand-over.ts';
import { findLastRequest } from './last-request.ts';

interface FillParts {
  /** Fills in the last request. */
  readonly last: JQuery;
  /** Says what became of it. */
  readonly note: JQuery;
}

interface Filling {
  /** Those below `example` in the catalogue of the node's type. */
  readonly words: Words;
  /** Takes the fields into the dialog; answers how many of them it had no place for before. */
  readonly fill: (fields: readonly ExampleField[]) => number;
}

/** Lets the dialog of a mapping be filled in from requests: the last one, or one that is handed over. Answers what ends that. */
export function fillFromRequests(
  { id }: EditorNode,
  { last, note }: FillParts,
  { words, fill }: Filling,
): () => void {
  const take = (fields: readonly ExampleField[]): string => {
    const count = fill(fields);
    return count === 0 ? words('nothing') : words('filled', { count });
  };
  const fillLast = async (): Promise<string> => {
    const request = await findLastRequest(id);
    if (!request) return words('no-request');
    const { hook, interaction } = request;
    const example = fieldsOfInteraction(interaction);
    const result = example.kind === 'fields' ? take(example.fields) : words(example.why);
    return `${words('from', { hook: hook.name || hook.url })} ${result}`;
  };
  last.on('click', () => {
    last.prop('disabled', true);
    void fillLast()
      .catch((error: unknown) => words(isForbidden(error) ? 'forbidden' : 'unreachable'))
      .then((text) => {
        note.text(text);
        last.prop('disabled', false);
      });
  });
  return takeExamples(id, (fields) => void note.text(take(fields)));
}

const isForbidden = (error: unknown): boolean =>
  error instanceof AdminApiError && (error.status === 401 || error.status === 403);
