/** What a score measures: likelihood to recommend, satisfaction, or how easy something was. */
export const METRICS = ['nps', 'csat', 'ces'] as const;
export type Metric = (typeof METRICS)[number];

export const DIRECTIONS = ['higher-is-better', 'lower-is-better'] as const;

/** The lowest and the highest score there can be, and which of them is the good one. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly direction: (typeof DIRECTIONS)[number];
}

/** The classes of each metric, best first. */
export const CLASSES = {
  nps: ['promoter', 'passive', 'detractor'],
  csat: ['satisfied', 'neutral', 'dissatisfied'],
  ces: ['easy', 'neutral', 'difficult'],
} as const satisfies Record<Metric, readonly [string, string, string]>;

/** Which group of respondents a score puts someone into. */
export type SurveyClass = (typeof CLASSES)[Metric][number];

/** What a class says, whatever the metric. */
export type Tone = 'good' | 'neutral' | 'bad';

/** NPS is defined for this scale alone. */
export const NPS_SCALE: Scale = { min: 0, max: 10, direction: 'higher-is-better' };

/** The usual scale of each metric: CSAT from 1 to 5, CES 2.0 from 1 to 7 (agreement with "made it easy"). */
export const USUAL_SCALES: Readonly<Record<Metric, Scale>> = {
  nps: NPS_SCALE,
  csat: { min: 1, max: 5, direction: 'higher-is-better' },
  ces: { min: 1, max: 7, direction: 'higher-is-better' },
};

/** In the order of `CLASSES`. */
const TONES = ['good', 'neutral', 'bad'] as const satisfies readonly Tone[];

/**
 * The class of a score; null without one. NPS: 9 and 10 promoter, 7 and 8 passive. CSAT: the best quarter of the scale is satisfied
 * and the worst dissatisfied, which on 1 to 5 is 4 and 5 against 1 and 2. CES: the better half is easy, the exact middle neutral.
 * The score lies within the scale.
 */
export function classOf(metric: Metric, score: number | null, scale: Scale): SurveyClass | null {
  if (score === null) return null;
  return classAt(metric, metric === 'nps' ? npsTone(score) : toneAt(metric, goodness(score, scale)));
}

/** The class of a metric that says this. */
export function classAt(metric: Metric, tone: Tone): SurveyClass {
  const [good, neutral, bad] = CLASSES[metric];
  return { good, neutral, bad }[tone];
}

/** What a class says; null where there is none. */
export function toneOf(surveyClass: SurveyClass | null): Tone | null {
  if (surveyClass === null) return null;
  const index = Object.values(CLASSES)
    .map((classes) => (classes as readonly SurveyClass[]).indexOf(surveyClass))
    .find((found) => found >= 0);
  return TONES[index ?? -1] ?? null;
}

/** Whether a text is a class of any metric. */
export const isSurveyClass = (text: unknown): text is SurveyClass =>
  Object.values(CLASSES).some((classes) => (classes as readonly unknown[]).includes(text));

function npsTone(score: number): Tone {
  if (score <= 6) return 'bad';
  return score <= 8 ? 'neutral' : 'good';
}

/** Where a score stands between the worst (0) and the best (1) there is. */
function goodness(score: number, { min, max, direction }: Scale): number {
  const part = (score - min) / (max - min);
  return direction === 'higher-is-better' ? part : 1 - part;
}

function toneAt(metric: 'csat' | 'ces', part: number): Tone {
  if (metric === 'ces' && part === 0.5) return 'neutral';
  const [bad, good] = metric === 'csat' ? [0.25, 0.75] : [0.5, 0.5];
  if (part >= good) return 'good';
  return part <= bad ? 'bad' : 'neutral';
}
