import { toText } from './text.ts';

/** The admin API of the pack could not be asked, or refused. */
export class AdminApiError extends Error {
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** What the admin API calls the reason; empty where it gave none. */
  readonly code: string;
  /** The reason in words for people; empty where it gave none. */
  readonly reason: string;

  constructor(status: number, { code, message }: Reason) {
    super(`The admin API answered ${status}.`);
    this.status = status;
    this.code = toText(code);
    this.reason = toText(message);
  }
}

interface Reason {
  readonly code?: unknown;
  readonly message?: unknown;
}

/**
 * Asks the admin API of the pack, at a path below `survey-hooks/`; with `fields` it posts them. jQuery sends along the editor's token,
 * which `fetch` would not. Rejects with an `AdminApiError`.
 */
export const askAdminApi = (path: string, fields?: Readonly<Record<string, unknown>>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const post = {
      method: 'POST',
      contentType: 'application/json',
      headers: { 'X-Survey-Hooks': '1' },
      data: JSON.stringify(fields),
    };
    $.ajax({ url: `survey-hooks/${path}`, dataType: 'json', ...(fields && post) })
      .done((answer: unknown) => resolve(answer))
      .fail(({ status, responseJSON }) => reject(new AdminApiError(status, reasonOf(responseJSON))));
  });

function reasonOf(answer: unknown): Reason {
  const { error } = (answer ?? {}) as { readonly error?: Reason | null };
  return error ?? {};
}
