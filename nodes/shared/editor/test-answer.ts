import { AdminApiError } from './admin-api.ts';
import { toText } from './text.ts';

/** What became of a test, as the admin API tells it. */
export interface TestAnswer {
  readonly isOk: boolean;
  /** Null where there was no answer. */
  readonly statusCode: number | null;
  readonly durationMs: number;
  /** The answer's body as text. */
  readonly body: string;
  /** Why it is no success, in words; empty where it is one. */
  readonly error: string;
}

/** Reads the answer of the admin API, whatever it is. */
export function readTestAnswer(answer: unknown): TestAnswer {
  const { ok, statusCode, durationMs, body, error } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  return {
    isOk: ok === true,
    statusCode: typeof statusCode === 'number' ? statusCode : null,
    durationMs: typeof durationMs === 'number' ? durationMs : 0,
    body: toText(body),
    error: toText(error),
  };
}

const CREDENTIALS_NEEDED = 'credentials_needed';

/** Why no test was sent, in words for people. */
export function testRefusal(error: unknown, words: (key: string) => string): string {
  if (!(error instanceof AdminApiError)) throw error;
  if (error.code === CREDENTIALS_NEEDED) return words('webhook-endpoint.test.credentials');
  if (error.status === 401 || error.status === 403) return words('webhook-endpoint.test.forbidden');
  return error.reason || words('webhook-endpoint.test.unreachable');
}
