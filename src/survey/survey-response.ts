import { HookError } from '../errors.ts';
import { isSurveyClass, USUAL_SCALES, type Metric, type Scale, type SurveyClass } from './metric.ts';

/** Whether a respondent chose a driver (an experience factor), and whether as good (1) or as bad (-1). */
export type DriverValue = -1 | 0 | 1;

/** One survey response, whatever system it came from. Texts that are not there are empty. */
export interface SurveyResponse {
  readonly source: string;
  readonly surveyId: string;
  readonly surveyName: string;
  /** Unique per response. */
  readonly responseId: string;
  /** Unique per trigger of the webhook. */
  readonly eventId: string;
  readonly eventType: string;
  /** ISO 8601 UTC. */
  readonly submittedAt: string;
  readonly metric: Metric;
  /** As given, never clamped; null = none, which is not 0. */
  readonly score: number | null;
  readonly scale: Scale;
  readonly class: SurveyClass | null;
  readonly rating: string;
  readonly comment: string;
  readonly respondent: {
    readonly id: string;
    readonly email: string;
    readonly phone: string;
    readonly name: string;
  };
  readonly account: string;
  readonly agent: string;
  readonly supportGroup: CodeAndName;
  readonly ticketId: string;
  readonly drivers: Readonly<Record<string, DriverValue>>;
  readonly segments: readonly CodeAndName[];
  readonly language: string;
  readonly links: Readonly<Record<string, string>>;
  /** What was received. */
  readonly raw: unknown;
}

export interface CodeAndName {
  readonly code: string;
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a record from a message, where a flow may have changed it: what is missing or no text becomes empty. Throws
 * HOOK_MESSAGE_UNREADABLE where it is no survey response at all.
 */
export function parseSurveyResponse(value: unknown): SurveyResponse {
  if (!isFields(value) || typeof value['source'] !== 'string')
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'Neither msg.survey nor the payload is a survey response: put a survey-response node before this one.',
    );
  return { ...parseTexts(value), ...parseMeasure(value), ...parseParts(value), raw: value['raw'] };
}

type Texts = Omit<SurveyResponse, keyof Measure | keyof Parts | 'raw'>;
type Measure = Pick<SurveyResponse, 'metric' | 'score' | 'scale' | 'class'>;
type Parts = Pick<SurveyResponse, 'respondent' | 'supportGroup' | 'segments' | 'drivers' | 'links'>;

function parseTexts(value: Fields): Texts {
  return {
    source: textOf(value['source']),
    surveyId: textOf(value['surveyId']),
    surveyName: textOf(value['surveyName']),
    responseId: textOf(value['responseId']),
    eventId: textOf(value['eventId']),
    eventType: textOf(value['eventType']),
    submittedAt: textOf(value['submittedAt']),
    rating: textOf(value['rating']),
    comment: textOf(value['comment']),
    account: textOf(value['account']),
    agent: textOf(value['agent']),
    ticketId: textOf(value['ticketId']),
    language: textOf(value['language']),
  };
}

function parseMeasure(value: Fields): Measure {
  const { score, class: surveyClass } = value;
  const metric = value['metric'] === 'csat' || value['metric'] === 'ces' ? value['metric'] : 'nps';
  const usual = USUAL_SCALES[metric];
  const scale = fieldsOf(value['scale']);
  return {
    metric,
    score: numberOf(score) ?? null,
    scale: {
      min: numberOf(scale['min']) ?? usual.min,
      max: numberOf(scale['max']) ?? usual.max,
      direction: scale['direction'] === 'lower-is-better' ? 'lower-is-better' : 'higher-is-better',
    },
    class: isSurveyClass(surveyClass) ? surveyClass : null,
  };
}

function parseParts(value: Fields): Parts {
  const respondent = fieldsOf(value['respondent']);
  const segments = Array.isArray(value['segments']) ? (value['segments'] as unknown[]) : [];
  return {
    respondent: {
      id: textOf(respondent['id']),
      email: textOf(respondent['email']),
      phone: textOf(respondent['phone']),
      name: textOf(respondent['name']),
    },
    supportGroup: codeAndNameOf(value['supportGroup']),
    segments: segments.map(codeAndNameOf),
    drivers: mapFields(value['drivers'], driverOf),
    links: mapFields(value['links'], textOf),
  };
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (numberOf(value)?.toString() ?? '');

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const driverOf = (value: unknown): DriverValue => (value === 1 || value === -1 ? value : 0);

function codeAndNameOf(value: unknown): CodeAndName {
  const { code, name } = fieldsOf(value);
  return { code: textOf(code), name: textOf(name) };
}

function mapFields<Value>(value: unknown, parse: (field: unknown) => Value): Record<string, Value> {
  const entries = Object.entries(fieldsOf(value)).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(entries.map(([name, field]) => [name, parse(field)]));
}
