import type { IncomingMessage } from 'node:http';

const SHOWN = '[secret]';

/**
 * Takes what proved the sender out of a request that goes on to a flow: nobody behind the gate needs it, and a debug node would
 * show the hook's password or key to everyone who looks on. The header's name is in small letters.
 */
export function hideCredentials({ headers, rawHeaders }: IncomingMessage, header: string): void {
  if (headers[header] === undefined) return;
  headers[header] = SHOWN;
  rawHeaders.forEach((name, index) => {
    if (index % 2 === 0 && name.toLowerCase() === header) rawHeaders[index + 1] = SHOWN;
  });
}
