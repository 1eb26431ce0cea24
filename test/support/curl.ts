/** A sender that has nothing of ours: curl. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CurlAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Runs curl with options as a person types them, and reads the last answer it got. */
export async function curl(...options: readonly string[]): Promise<CurlAnswer> {
  const { stdout } = await run('curl', ['-s', '-i', '--max-time', '10', ...options]);
  const parts = stdout.split('\r\n\r\n');
  const at = parts.findLastIndex((part) => part.startsWith('HTTP/'));
  const [statusLine = '', ...lines] = (parts[at] ?? '').split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, text: parts.slice(at + 1).join('\r\n\r\n') };
}
