import { formatIsoTime } from '../../platform/utc-time.ts';
import { CIO_PULSE_FACTORS } from '../sources/cio-pulse.ts';
import { NPS_SCALE } from '../metric.ts';
import type { SurveyResponse } from '../survey-response.ts';

export const SAMPLE_NAME = 'Test of Survey Hooks';
export const SAMPLE_COMMENT =
  'This is a test that was sent from Node-RED. No customer has answered, and nobody has to do anything.';

/**
 * A survey response that says of itself that it is a test, for people who see it at the target. It is a promoter's, so that no alarm
 * goes off; its addresses are those that RFC 2606 keeps free, and no system gives a ticket the number 0.
 */
export function sampleResponse({ id, now }: { readonly id: string; readonly now: number }): SurveyResponse {
  const drivers = Object.fromEntries(CIO_PULSE_FACTORS.map((name) => [name, 0] as const));
  return {
    source: 'cio-pulse',
    surveyId: '',
    surveyName: SAMPLE_NAME,
    responseId: id,
    eventId: id,
    eventType: 'test',
    submittedAt: formatIsoTime(now),
    metric: 'nps',
    score: 9,
    scale: NPS_SCALE,
    class: 'promoter',
    rating: '',
    comment: SAMPLE_COMMENT,
    respondent: {
      id: 'survey-hooks-test',
      email: 'survey-hooks-test@example.com',
      phone: '',
      name: SAMPLE_NAME,
    },
    account: 'Example',
    agent: 'test.agent',
    supportGroup: { code: 'TEST', name: 'Test' },
    ticketId: '0',
    drivers: { ...drivers, Communication: 1 },
    segments: [{ code: 'TEST', name: 'Test' }],
    language: 'English',
    links: {},
    raw: {},
  };
}
