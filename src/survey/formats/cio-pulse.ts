import { HookError } from '../../errors.ts';
import { isWebhookId, newWebhookId } from '../../platform/ids.ts';
import { parseUtcTime } from '../../platform/utc-time.ts';
import { CIO_PULSE_FACTORS, isCioPulse, NOTES_LINK, readCioPulse } from '../sources/cio-pulse.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import type { Format } from './format.ts';
import { targetOf } from './target.ts';

type Write = (response: SurveyResponse) => string;
type Keys = Readonly<Record<string, Write>>;

/** The keys of CIOPulse's transactional survey webhook before its experience factors, but for `Webhook_ID`, which comes first. */
const KEYS_BEFORE: Keys = {
  Response_ID: ({ responseId }) => responseId,
  Response_Datetime_UTC: ({ submittedAt }) => bareTime(submittedAt),
  Ticket_ID: ({ ticketId }) => ticketId,
  Support_Group_Code: ({ supportGroup }) => supportGroup.code,
  Support_Group_Name: ({ supportGroup }) => supportGroup.name,
  Agent_ID: ({ agent }) => agent,
  Segment_Code: ({ segments }) => segments[0]?.code ?? '',
  Segment_Name: ({ segments }) => segments[0]?.name ?? '',
  Segment_2_Code: ({ segments }) => segments[1]?.code ?? '',
  Segment_2_Name: ({ segments }) => segments[1]?.name ?? '',
  Customer: ({ respondent }) => respondent.id || respondent.email || respondent.phone || respondent.name,
};

/** The keys after the factors. */
const KEYS_AFTER: Keys = {
  Overall: ({ score }) => (score === null ? '' : String(score)),
  Comments: ({ comment }) => comment,
  SR_Notes_URL: ({ links }) => links[NOTES_LINK] ?? '',
  Survey_Description: ({ surveyName }) => surveyName,
  Survey_Language: ({ language }) => language,
};

const OTHER_KEYS: ReadonlySet<string> = new Set([
  'Webhook_ID',
  ...Object.keys(KEYS_BEFORE),
  ...Object.keys(KEYS_AFTER),
]);

/**
 * Writes the 25 keys of CIOPulse's transactional survey webhook, all values texts. What came from CIOPulse and was not
 * changed on the way is the text that CIOPulse sent, also where its experience factors have other names. The webhook id is the
 * message's, else the one CIOPulse gave, else new.
 */
export const formatCioPulse: Format = ({ survey, message }) => {
  const response = parseSurveyResponse(survey);
  const webhookId = webhookIdOf(message, response);
  const factors = factorsOf(response);
  const original = originalOf(response, factors);
  const entries = Object.entries(keysFor(factors)).map(([key, write]) => {
    const text = write(response);
    return [key, original && write(original.response) === text ? (original.texts.get(key) ?? text) : text];
  });
  const payload: unknown = { Webhook_ID: webhookId, ...Object.fromEntries(entries) };
  return { payload, webhookId, target: targetOf('cio-pulse') };
};

function keysFor(factors: readonly string[]): Keys {
  const writes = factors.map((name): [string, Write] => [name, ({ drivers }) => String(drivers[name] ?? 0)]);
  return { ...KEYS_BEFORE, ...Object.fromEntries(writes), ...KEYS_AFTER };
}

/** CIOPulse's eight, or those that CIOPulse sent under other names: what it sent and what was read have them both. */
function factorsOf({ source, raw, drivers }: SurveyResponse): readonly string[] {
  if (source !== 'cio-pulse' || !isCioPulse(raw)) return CIO_PULSE_FACTORS;
  const sent = Object.keys(raw).filter((key) => !OTHER_KEYS.has(key) && Object.hasOwn(drivers, key));
  return sent.every((key) => CIO_PULSE_FACTORS.includes(key)) ? CIO_PULSE_FACTORS : sent;
}

interface Original {
  readonly response: SurveyResponse;
  readonly texts: ReadonlyMap<string, string>;
}

/** What CIOPulse sent, where this response is CIOPulse's. */
function originalOf({ source, raw }: SurveyResponse, factors: readonly string[]): Original | undefined {
  if (source !== 'cio-pulse' || !isCioPulse(raw)) return undefined;
  const texts = Object.entries(raw).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  try {
    return { response: readCioPulse(raw, factors), texts: new Map(texts) };
  } catch {
    // A flow may have put anything there.
    return undefined;
  }
}

function webhookIdOf(message: object, { source, eventId }: SurveyResponse): string {
  const given: unknown = 'webhookId' in message ? message.webhookId : undefined;
  if (given === undefined || given === null || given === '')
    return source === 'cio-pulse' && isWebhookId(eventId) ? eventId : newWebhookId();
  const id = typeof given === 'number' ? String(given) : given;
  if (typeof id === 'string' && isWebhookId(id)) return id;
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    'msg.webhookId must be 1 to 255 visible ASCII characters: it is sent as a header too.',
  );
}

/** `YYYY-MM-DD HH:mm:ss` in UTC, as CIOPulse writes times. */
function bareTime(time: string): string {
  const at = parseUtcTime(time);
  return at === undefined ? time : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
