import { AdminApiError } from '../../../shared/editor/admin-api.ts';

/** The browser keeps the file in memory until it is saved. */
const MOST_ROWS = 100_000;

/** Saves rows of the log as a file, a JSON text on each line: at most 100,000, the newest that the query leaves. */
export async function exportLog(query: Readonly<Record<string, string>>): Promise<void> {
  const parameters = new URLSearchParams({ ...query, limit: String(MOST_ROWS) });
  const blob = await download(`survey-hooks/deliveries/export?${parameters.toString()}`);
  const url = URL.createObjectURL(blob);
  const name = `webhook-log-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.ndjson`;
  const link = $('<a>').attr({ href: url, download: name });
  link[0]?.click();
  URL.revokeObjectURL(url);
}

/** jQuery sends along the editor's token, which a link would not. */
const download = (url: string): Promise<Blob> =>
  new Promise((resolve, reject) => {
    $.ajax({ url, xhrFields: { responseType: 'blob' } })
      .done((blob: Blob) => resolve(blob))
      .fail(({ status }) => reject(new AdminApiError(status, {})));
  });
