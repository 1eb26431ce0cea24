import type { Editor } from '../../support/editor.ts';
import type { LogTab } from '../../support/log-tab.ts';
import type { Receiver } from '../../support/receiver.ts';
import { call } from '../../support/http.ts';
import { relayLogin, relayTo, type Relay } from '../../support/relay.ts';

/** What the tests of the tab share. */
export interface LogBench {
  readonly editor: Editor;
  readonly receiver: Receiver;
  readonly tab: LogTab;
}

/** What the endpoint of the relay sends along and nobody may see. */
export const SECRET = 'token-of-the-endpoint';

/** A relay to one endpoint whose retries a test can wait for. */
export function logFlows(url: string): Relay {
  const settings = { auth: 'bearer', retry: 'custom', retryDelays: '300ms,300ms' };
  const { flows, credentials } = relayTo(`${url}/surveys`, settings);
  return { flows, credentials: { ...credentials, 'relay-endpoint': { token: SECRET } } };
}

/** Sends a message to the relay; its id is the webhook id. */
export async function send(
  { editor }: LogBench,
  message: { readonly id: string; readonly comment?: string },
): Promise<void> {
  const answer = await call(`${editor.nodeRed.url}/hooks/relay`, { body: message, basic: relayLogin });
  if (answer.status !== 200) throw new Error(`The relay answered ${answer.status}: ${answer.text}`);
}
