import type { AttemptOutcome } from './delivery.ts';
import { isSuccess, type SuccessRule } from './endpoint/success-rule.ts';
import type { TransportResult } from './transport.ts';

/** Which failures are tried again: `failure` any; `transient` only those that may pass (network, 408, 425, 429, 5xx). */
export type RetryOn = 'failure' | 'transient';

const TRANSIENT_STATUS_CODES: readonly number[] = [408, 425, 429];
const isTransient = (statusCode: number): boolean =>
  statusCode >= 500 || TRANSIENT_STATUS_CODES.includes(statusCode);

/** What an attempt came to, from what came back. */
export function classify(
  result: TransportResult,
  { success, retryOn }: { success: SuccessRule; retryOn: RetryOn },
): AttemptOutcome {
  if (result.kind === 'error') {
    const retryable = result.code !== 'request' && result.code !== 'address';
    return { kind: 'failed', response: result.message, retryable, message: result.message };
  }
  const { statusCode } = result;
  const response = result.body.toString('utf8');
  if (isSuccess(success, statusCode)) return { kind: 'succeeded', statusCode, response };
  const retryable = retryOn === 'failure' || isTransient(statusCode);
  return { kind: 'failed', statusCode, response, retryable, message: describe(result) };
}

function describe({ statusCode, headers }: Extract<TransportResult, { kind: 'response' }>): string {
  const host = locationHost(headers['location']);
  if (statusCode >= 300 && statusCode < 400 && host !== undefined)
    return `The receiver answered ${statusCode} and points to ${host}; redirects are not followed.`;
  return `The receiver answered ${statusCode}, which the endpoint's success rule does not accept.`;
}

/** The host a `Location` names: all that may be shown of it, as its path and query can be secrets. */
function locationHost(location: string | string[] | undefined): string | undefined {
  const first = Array.isArray(location) ? location[0] : location;
  if (first === undefined || !URL.canParse(first, SOMEWHERE)) return undefined;
  const { host, origin } = new URL(first, SOMEWHERE);
  return origin === SOMEWHERE || host === '' || host.length > LONGEST_HOST ? undefined : host;
}

/** RFC 1035, 2.3.4: 253 characters for a name; the rest for a port. What is longer would fill the log. */
const LONGEST_HOST = 259;

/** What a `Location` without a host is relative to: nothing that anybody would point to. */
const SOMEWHERE = 'http://relative.invalid';
