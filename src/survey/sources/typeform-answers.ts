import { valueAt } from '../../template/dynamic-tags.ts';
import { findAt, isFields, type Finding } from './source.ts';

/** A question of a form, as a payload's definition has it. */
export interface Question {
  readonly id: string;
  readonly ref: string;
  /** Such as `long_text` or `opinion_scale`. */
  readonly kind: string;
  readonly title: string;
  /** Which part of a contact block it asks for; empty for others. */
  readonly subfield: string;
  /** How many steps its scale has; undefined where the payload does not say. */
  readonly steps: number | undefined;
  readonly startsAtOne: boolean;
}

/** The answer to a question, with what the definition says of it. */
export interface Answer extends Question {
  /** How the value was sent, such as `number` or `choices`. */
  readonly type: string;
  readonly finding: Finding;
}

/** Forms are shorter; a stranger's payload is not followed further. */
const MOST_QUESTIONS = 1000;

/** The questions of the form that the payload holds a definition of, those inside groups and contact blocks too. */
export function questionsOf(payload: object): Question[] {
  const inner = (field: unknown): unknown[] => [field, ...listAt(field, ['properties', 'fields'])];
  return listAt(payload, ['form_response', 'definition', 'fields'])
    .flatMap(inner)
    .slice(0, MOST_QUESTIONS)
    .map(toQuestion);
}

/** The answers of a payload in their order. */
export function answersOf(payload: object): Answer[] {
  const path = ['form_response', 'answers'];
  const questions = questionsOf(payload);
  const byId = new Map(questions.map((question) => [question.id, question]));
  const byRef = new Map(questions.map((question) => [question.ref, question]));
  return listAt(payload, path).map((answer, index) => {
    const asked = toQuestion(valueAt(answer, ['field']));
    const defined = asked.id === '' ? byRef.get(asked.ref) : byId.get(asked.id);
    const question = defined
      ? { ...defined, ref: asked.ref || defined.ref, kind: asked.kind || defined.kind }
      : asked;
    const type = textAt(answer, 'type');
    const sent = findAt(payload, [...path, String(index), type]);
    const field = question.title || question.ref || question.id || type;
    return { ...question, type, finding: { ...sent, field, value: simplify(type, sent.value) } };
  });
}

/** The answer to the question with this ref or id. */
export const answerTo = (answers: readonly Answer[], question: string): Answer | undefined =>
  answers.find(({ ref }) => ref === question) ?? answers.find(({ id }) => id === question);

/** A choice is its label; several are a list of labels. What someone typed as another choice is one, too. */
function simplify(type: string, value: unknown): unknown {
  if (type !== 'choice' && type !== 'choices') return value;
  const labels = type === 'choice' ? [valueAt(value, ['label'])] : listAt(value, ['labels']);
  const texts = [...labels, valueAt(value, ['other'])].filter(
    (label) => typeof label === 'string' && label !== '',
  );
  return type === 'choice' ? texts[0] : texts;
}

function toQuestion(field: unknown): Question {
  const steps = valueAt(field, ['properties', 'steps']);
  return {
    id: textAt(field, 'id'),
    ref: textAt(field, 'ref'),
    kind: textAt(field, 'type'),
    title: textAt(field, 'title'),
    subfield: textAt(field, 'subfield_key'),
    steps: Number.isSafeInteger(steps) && Number(steps) > 1 ? Number(steps) : undefined,
    startsAtOne: valueAt(field, ['properties', 'start_at_one']) === true,
  };
}

function listAt(root: unknown, path: readonly string[]): unknown[] {
  const list = valueAt(root, path);
  return Array.isArray(list) ? (list as unknown[]).slice(0, MOST_QUESTIONS) : [];
}

function textAt(root: unknown, name: string): string {
  const value = isFields(root) ? valueAt(root, [name]) : undefined;
  return typeof value === 'string' ? value : '';
}
