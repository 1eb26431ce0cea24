import { isEmailAddress } from '../../email-address.ts';
import { HookError } from '../../errors.ts';
import { parseMeasuring } from '../measuring.ts';
import type { SurveyResponse } from '../survey-response.ts';
import { readResponse } from './read-response.ts';
import { findAt, isFields, meant, type Fields, type Finding, type Found, type Source } from './source.ts';

/** CIOPulse's eight experience factors, in the order of its webhook. */
export const CIO_PULSE_FACTORS: readonly string[] = [
  'Responsiveness',
  'Interpersonal',
  'Knowledge',
  'Communication',
  'Speed',
  'Confirmation',
  'Effort',
  'Other',
];

/** The name under which the record links to the page where someone follows up the response. */
export const NOTES_LINK = 'serviceRecoveryNotes';

/** The score of CIOPulse is an NPS. */
const MEASURING = parseMeasuring({});

/** CIOPulse's transactional survey webhook. Keys that are missing count as empty. */
export const cioPulse: Source = {
  title: 'CIOPulse',
  recognises: ({ payload }) => isCioPulse(payload),
  find({ payload }, { factors }) {
    if (!isCioPulse(payload))
      throw new HookError(
        'HOOK_MESSAGE_UNREADABLE',
        'The payload is no CIOPulse survey: it lacks Response_ID, Response_Datetime_UTC or Overall.',
      );
    return findSurvey(payload, factors.length === 0 ? CIO_PULSE_FACTORS : factors);
  },
};

/** Whether a payload has the keys by which CIOPulse's transactional survey webhook can be told from others. */
export function isCioPulse(payload: unknown): payload is Fields {
  return (
    isFields(payload) &&
    ['Response_ID', 'Response_Datetime_UTC', 'Overall'].every((key) => Object.hasOwn(payload, key))
  );
}

/** Reads CIOPulse's webhook; `factors` are the names of its experience factors where those were changed. */
export function readCioPulse(payload: unknown, factors: readonly string[] = []): SurveyResponse {
  const rules = { map: [], measuring: MEASURING, factors };
  const input = { payload, message: {} };
  return readResponse({ source: cioPulse, sourceName: 'cio-pulse', input, rules, mapped: new Map() })
    .response;
}

function findSurvey(payload: Fields, factors: readonly string[]): Found {
  const at = (key: string): Finding => findAt(payload, [key]);
  const customer = at('Customer');
  const isEmail = typeof customer.value === 'string' && isEmailAddress(customer.value);
  return {
    measuring: MEASURING,
    values: {
      surveyName: at('Survey_Description'),
      responseId: at('Response_ID'),
      eventId: at('Webhook_ID'),
      eventType: meant('completed'),
      submittedAt: at('Response_Datetime_UTC'),
      score: at('Overall'),
      comment: at('Comments'),
      'respondent.id': customer,
      ...(isEmail ? { 'respondent.email': customer } : {}),
      agent: at('Agent_ID'),
      'supportGroup.code': at('Support_Group_Code'),
      'supportGroup.name': at('Support_Group_Name'),
      ticketId: at('Ticket_ID'),
      drivers: meant(Object.fromEntries(factors.map((factor) => [factor, at(factor).value]))),
      segments: meant(
        ['Segment', 'Segment_2'].map((segment) => ({
          code: at(`${segment}_Code`).value,
          name: at(`${segment}_Name`).value,
        })),
      ),
      language: at('Survey_Language'),
      [`links.${NOTES_LINK}` as const]: at('SR_Notes_URL'),
    },
  };
}
