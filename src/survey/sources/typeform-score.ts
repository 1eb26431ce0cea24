import { HookError } from '../../errors.ts';
import { printable } from '../../violation.ts';
import { measureAs, type Measuring } from '../measuring.ts';
import type { Scale } from '../metric.ts';
import type { Finding, SourceRules } from './source.ts';
import { answerTo, type Answer, type Question } from './typeform-answers.ts';

type Ends = Pick<Scale, 'min' | 'max'>;

export interface FoundScore {
  readonly measuring: Measuring;
  /** Absent where nobody answered such a question, or where a mapping says where the score is. */
  readonly score?: Finding;
}

/** Kinds of questions that give a score, on a scale of their own. */
const SCALES = ['nps', 'opinion_scale', 'rating'];

/**
 * Finds the answer that is the score: to the first question with a scale of the metric. A number is none unless a mapping says so:
 * it can be an age. The scale is the question's, where the payload says it and the flow has set none. Throws HOOK_MESSAGE_UNREADABLE where the form only has
 * scales of another metric.
 */
export function findScore(
  { questions, answers }: { readonly questions: readonly Question[]; readonly answers: readonly Answer[] },
  { map, measuring }: SourceRules,
): FoundScore {
  const row = map.find(({ property }) => property === 'score');
  if (row) {
    const asked = row.valueType === 'answer' ? answerTo(answers, row.value) : undefined;
    return { measuring: asked ? measuringBy(asked, measuring) : measuring };
  }
  const suitable = [...questions, ...answers].some((question) => isSuitable(question, measuring));
  const answer = firstScale(answers, measuring);
  if (answer) return { measuring: measuringBy(answer, measuring), score: answer.finding };
  const other = suitable ? undefined : answers.find(({ kind }) => SCALES.includes(kind));
  if (other) throw otherMetric(other, measuring);
  return { measuring };
}

/** A question that is made for NPS comes before one that may be used for it. */
function firstScale(answers: readonly Answer[], measuring: Measuring): Answer | undefined {
  const fitting = answers.filter((answer) => isSuitable(answer, measuring));
  return fitting.find(({ kind }) => kind === 'nps') ?? fitting[0];
}

/** Whether the scale of a question is one of the metric; a scale that the payload does not say may be. */
function isSuitable(question: Question, { metric }: Measuring): boolean {
  if (metric !== 'nps') return question.kind === 'opinion_scale' || question.kind === 'rating';
  if (question.kind !== 'opinion_scale') return question.kind === 'nps';
  const ends = endsOf(question);
  return ends === undefined || (ends.min === 0 && ends.max === 10);
}

function measuringBy(question: Question, set: Measuring): Measuring {
  const ends = endsOf(question);
  if (SCALES.includes(question.kind) && !isSuitable(question, set)) throw otherMetric(question, set);
  return ends === undefined ? set : measureAs(set.metric, ends, set);
}

function endsOf({ kind, steps, startsAtOne }: Question): Ends | undefined {
  if (kind === 'nps') return { min: 0, max: 10 };
  if (steps === undefined || !SCALES.includes(kind)) return undefined;
  return kind === 'rating' || startsAtOne ? { min: 1, max: steps } : { min: 0, max: steps - 1 };
}

function otherMetric(question: Question, { metric }: Measuring): HookError {
  const ends = endsOf(question);
  const scale = ends ? `from ${ends.min} to ${ends.max}` : 'of another kind';
  const name = printable(question.title || question.ref || question.id);
  return new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    `The scale of Typeform's question "${name}" is ${scale}, which is none for ${metric.toUpperCase()}: choose another metric, or map the score.`,
  );
}
