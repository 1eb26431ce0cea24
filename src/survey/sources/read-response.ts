import type { Violation } from '../../violation.ts';
import { checkFactors } from '../factor-rule.ts';
import type { Measuring } from '../measuring.ts';
import { classAt, classOf, toneOf, type Metric, type SurveyClass, type Tone } from '../metric.ts';
import type { RecordProperty } from '../record-property.ts';
import type { SurveyResponse } from '../survey-response.ts';
import type { Finding, Source, SourceInput, SourceRules } from './source.ts';
import { ValueReader } from './value-reader.ts';

/** A payload that was read, and where it contradicts itself. */
export interface ReadResponse {
  readonly response: SurveyResponse;
  readonly violations: readonly Violation[];
}

/** Values that a mapping found in the message; undefined where it found nothing. */
export type MappedValues = ReadonlyMap<RecordProperty, unknown>;

export interface ReadRequest {
  readonly source: Source;
  /** What the record says that it came from. */
  readonly sourceName: string;
  readonly input: SourceInput;
  readonly rules: SourceRules;
  readonly mapped: MappedValues;
}

/**
 * Reads a payload: what the mapping found takes the place of what the source found. Throws HOOK_MESSAGE_UNREADABLE, naming everything
 * that cannot be read.
 */
export function readResponse({ source, sourceName, input, rules, mapped }: ReadRequest): ReadResponse {
  const own = source.find(input, rules);
  const reader = new ValueReader({ ...own, values: { ...own.values, ...findings(mapped) } });
  const response = {
    source: sourceName,
    ...readParts(reader, { source, measuring: own.measuring, factors: rules.factors }),
    raw: input.payload,
  };
  reader.finish(source.title);
  return { response, violations: [...reader.violations, ...checkFactors(response)] };
}

function findings(mapped: MappedValues): Record<string, Finding> {
  const given = [...mapped].filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([property, value]) => [property, { value, field: property, path: '' }]),
  );
}

type Parts = Omit<SurveyResponse, 'source' | 'raw'>;

interface PartRules {
  readonly source: Source;
  readonly measuring: Measuring;
  readonly factors: readonly string[];
}

/** In the order of the record. */
function readParts(reader: ValueReader, { source, measuring, factors }: PartRules): Parts {
  const { metric, scale } = measuring;
  const score = reader.score(measuring);
  const rating = reader.text('rating');
  const ratingTone = score === null ? (source.toneOf?.(rating) ?? null) : null;
  const surveyClass = classOf(metric, score, scale) ?? ratedClass(metric, ratingTone);
  return {
    surveyId: reader.text('surveyId'),
    surveyName: reader.text('surveyName'),
    responseId: reader.text('responseId'),
    eventId: reader.text('eventId'),
    eventType: reader.text('eventType'),
    submittedAt: reader.time(),
    metric,
    score,
    scale: { ...scale },
    class: surveyClass,
    rating,
    comment: reader.text('comment'),
    ...readPeople(reader),
    ticketId: reader.text('ticketId'),
    drivers: reader.drivers({ factors, tone: toneOf(surveyClass) ?? ratingTone }),
    segments: reader.segments(),
    language: reader.text('language'),
    links: reader.links(),
  };
}

/** A rating says how satisfied someone is; nothing of whether they would recommend it, or how easy it was. */
function ratedClass(metric: Metric, tone: Tone | null): SurveyClass | null {
  return metric === 'csat' && tone !== null ? classAt('csat', tone) : null;
}

function readPeople(reader: ValueReader): Pick<Parts, 'respondent' | 'account' | 'agent' | 'supportGroup'> {
  return {
    respondent: {
      id: reader.text('respondent.id'),
      email: reader.text('respondent.email'),
      phone: reader.text('respondent.phone'),
      name: reader.text('respondent.name'),
    },
    account: reader.text('account'),
    agent: reader.text('agent'),
    supportGroup: { code: reader.text('supportGroup.code'), name: reader.text('supportGroup.name') },
  };
}
