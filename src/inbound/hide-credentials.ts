import type { IncomingMessage } from 'node:http';

const SHOWN = '[secret]';

/**
 * Takes what proved the sender out of a request that goes on to a flow: nobody behind the gate needs it, and a debug node would
 * show the hook's password to everyone who looks on.
 */
export function hideCredentials(request: IncomingMessage): void {
  const { headers, rawHeaders } = request;
  if (headers.authorization === undefined) return;
  headers.authorization = SHOWN;
  rawHeaders.forEach((name, index) => {
    if (index % 2 === 0 && name.toLowerCase() === 'authorization') rawHeaders[index + 1] = SHOWN;
  });
}
