import { isEmailAddress } from '../../email-address.ts';
import { HookError } from '../../errors.ts';
import { formatIsoTime, parseUtcTime } from '../../platform/utc-time.ts';
import { describeValue, pointerTo, type Violation } from '../../violation.ts';
import { classOf, NPS_SCALE } from '../metric.ts';
import type { DriverValue, SurveyResponse } from '../survey-response.ts';

/** CIOPulse's eight experience factors, in the order of its webhook. */
export const CIO_PULSE_FACTORS = [
  'Responsiveness',
  'Interpersonal',
  'Knowledge',
  'Communication',
  'Speed',
  'Confirmation',
  'Effort',
  'Other',
] as const;

/** The name under which the record links to the page where someone follows up the response. */
export const NOTES_LINK = 'serviceRecoveryNotes';

const SCORE = /^0*(\d|10)$/;
const FACTOR_VALUES: ReadonlyMap<string, DriverValue> = new Map<string, DriverValue>([
  ['', 0],
  ['0', 0],
  ['1', 1],
  ['-1', -1],
]);

type Payload = Readonly<Record<string, unknown>>;

/** Whether a payload has the keys by which CIOPulse's transactional survey webhook can be told from others. */
export function isCioPulse(payload: unknown): payload is Payload {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    ['Response_ID', 'Response_Datetime_UTC', 'Overall'].every((key) => Object.hasOwn(payload, key))
  );
}

/**
 * Reads CIOPulse's transactional survey webhook. Keys that are missing count as empty. Throws HOOK_MESSAGE_UNREADABLE,
 * naming everything that cannot be read: a score that is not 0 to 10, a time that does not exist, a factor that is not 0, 1 or -1.
 */
export function readCioPulse(payload: unknown): SurveyResponse {
  if (!isCioPulse(payload))
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'The payload is no CIOPulse survey: it lacks Response_ID, Response_Datetime_UTC or Overall.',
    );
  const reader = new Reader(payload);
  const response = readResponse(reader);
  reader.finish();
  return response;
}

function readResponse(reader: Reader): SurveyResponse {
  const text = (key: string): string => reader.text(key);
  const customer = text('Customer');
  const score = reader.score('Overall');
  const notes = text('SR_Notes_URL');
  return {
    source: 'cio-pulse',
    surveyId: '',
    surveyName: text('Survey_Description'),
    responseId: text('Response_ID'),
    eventId: text('Webhook_ID'),
    eventType: 'completed',
    submittedAt: reader.time('Response_Datetime_UTC'),
    metric: 'nps',
    score,
    scale: { ...NPS_SCALE },
    class: classOf('nps', score, NPS_SCALE),
    rating: '',
    comment: text('Comments'),
    respondent: { id: customer, email: isEmailAddress(customer) ? customer : '', phone: '', name: '' },
    account: '',
    agent: text('Agent_ID'),
    supportGroup: { code: text('Support_Group_Code'), name: text('Support_Group_Name') },
    ticketId: text('Ticket_ID'),
    drivers: Object.fromEntries(CIO_PULSE_FACTORS.map((factor) => [factor, reader.factor(factor)])),
    segments: [
      { code: text('Segment_Code'), name: text('Segment_Name') },
      { code: text('Segment_2_Code'), name: text('Segment_2_Name') },
    ],
    language: text('Survey_Language'),
    links: notes === '' ? {} : { [NOTES_LINK]: notes },
    raw: reader.payload,
  };
}

/** Reads values one by one and remembers those that it could not read. */
class Reader {
  readonly payload: Payload;
  readonly #violations: Violation[] = [];

  constructor(payload: Payload) {
    this.payload = payload;
  }

  text(key: string): string {
    const value = Object.hasOwn(this.payload, key) ? this.payload[key] : undefined;
    if (typeof value === 'string') return value;
    if (value === undefined || value === null) return '';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return this.#refuse(key, 'a text', '');
  }

  /** Null where it is empty: that is not 0. */
  score(key: string): number | null {
    const text = this.text(key).trim();
    if (text === '') return null;
    return SCORE.test(text) ? Number(text) : this.#refuse(key, 'a whole number from 0 to 10', null);
  }

  /** CIOPulse sends UTC without saying so. */
  time(key: string): string {
    const text = this.text(key).trim();
    if (text === '') return '';
    const at = parseUtcTime(text);
    return at === undefined ? this.#refuse(key, 'a time such as 2026-01-31 14:05:00', '') : formatIsoTime(at);
  }

  factor(key: string): DriverValue {
    return FACTOR_VALUES.get(this.text(key).trim()) ?? this.#refuse(key, '0, 1 or -1', 0);
  }

  finish(): void {
    if (this.#violations.length === 0) return;
    const messages = this.#violations.map(({ message }) => message).join(' ');
    throw new HookError('HOOK_MESSAGE_UNREADABLE', `The CIOPulse survey cannot be read. ${messages}`, {
      details: { violations: this.#violations },
    });
  }

  #refuse<Value>(key: string, expected: string, instead: Value): Value {
    const message = `${key} must be ${expected}, not ${describeValue(this.payload[key])}.`;
    this.#violations.push({ field: key, path: pointerTo(key), rule: 'type', message });
    return instead;
  }
}
