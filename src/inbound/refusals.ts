/** Every refusal of a request: its HTTP status, and the sentence the sender gets. A sentence never repeats what was sent. */
export const REFUSALS = {
  malformed_path: { status: 400, message: 'The path holds a percent sign that encodes nothing.' },
  malformed_query: { status: 400, message: 'The query is not percent-encoded UTF-8.' },
  malformed_json: { status: 400, message: 'The body is not JSON.' },
  malformed_form: { status: 400, message: 'The body is not a percent-encoded form in UTF-8.' },
  malformed_multipart: { status: 400, message: 'The body is not the multipart form it says it is.' },
  malformed_encoding: { status: 400, message: 'The body is not encoded as its Content-Encoding says.' },
  not_utf8: { status: 400, message: 'The body is not UTF-8.' },
  too_deep: { status: 400, message: 'The body is nested more than 100 levels deep.' },
  too_many_fields: { status: 400, message: 'The request holds more than 1,000 fields.' },
  forbidden_field: { status: 400, message: 'The request holds a field name that is not allowed.' },
  unauthorized: { status: 401, message: 'The credentials are missing or wrong.' },
  forbidden: { status: 403, message: 'The credentials are not good for this.' },
  address_not_allowed: { status: 403, message: 'Nothing is received from this address.' },
  not_found: { status: 404, message: 'Nothing is received here.' },
  method_not_allowed: { status: 405, message: 'This method is not received here.' },
  body_timeout: { status: 408, message: 'The body took too long to arrive.' },
  body_too_large: { status: 413, message: 'The body is larger than this hook takes.' },
  unsupported_type: {
    status: 415,
    message: 'Send application/json, application/x-www-form-urlencoded or multipart/form-data.',
  },
  unsupported_charset: { status: 415, message: 'Send the body in UTF-8.' },
  unsupported_encoding: { status: 415, message: 'Send the body plain, or as gzip, deflate or br.' },
  rate_limited: { status: 429, message: 'Too many requests. Try again later.' },
  too_many_failures: { status: 429, message: 'Too many refused requests. Try again later.' },
  internal: { status: 500, message: 'The request could not be handled.' },
  flows_not_running: { status: 503, message: 'The flows are starting or stopping. Try again.' },
  unavailable: { status: 503, message: 'The event cannot be kept at the moment. Try again.' },
  flow_timeout: { status: 504, message: 'The flow did not answer in time.' },
} as const satisfies Record<string, { status: number; message: string }>;

/** The code of a refusal, stable for scripts. */
export type RefusalCode = keyof typeof REFUSALS;

/** Why a request is not accepted, and the headers its answer needs beyond the usual. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How soon a sender should come again, in seconds: a deploy is over by then, and a 404 would make senders give up. */
const RETRY_AFTER_S = '5';

export function refusal(refused: RefusalCode, headers?: Readonly<Record<string, string>>): Refusal {
  const isTransient = REFUSALS[refused].status === 503;
  const all = isTransient ? { 'Retry-After': RETRY_AFTER_S, ...headers } : headers;
  return all ? { refused, headers: all } : { refused };
}

/** Tells a refusal from a result, which never has `refused` of its own. */
export const isRefusal = (result: object): result is Refusal => 'refused' in result;
