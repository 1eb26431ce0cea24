import type { Arrival } from './gate-host.ts';
import type { InboundHook } from './hook.ts';
import { Recording } from './interactions/recording.ts';
import type { ReadingPorts } from './read-event.ts';

/** The same request, recorded from here on if one of the hooks it may be for shows its interactions. */
export function recordIfWatched(
  arrival: Arrival,
  hooks: readonly InboundHook[],
  { host, clock }: Pick<ReadingPorts, 'host' | 'clock'>,
): Arrival {
  // Most often nobody looks, and every request comes by here.
  if (hooks.every(({ activity }) => activity.interactions === undefined)) return arrival;
  const { request, response, target } = arrival;
  const recorded = {
    request,
    response,
    target,
    receivedAt: clock.now(),
    remoteAddress: () => host.remoteAddress(request),
  };
  const recording = new Recording(
    recorded,
    hooks.map((hook) => ({ activity: hook.activity, credentialNames: credentialNamesOf(hook) })),
  );
  return { ...arrival, recording };
}

/** The id and the time that a signature covers tell nobody the secret. */
const SIGNED_FACT = /(?:^|[-_])(?:id|timestamp)$/i;

/** Senders may prove themselves in headers of any name. */
function credentialNamesOf({ authenticator, signing }: InboundHook): readonly string[] {
  const signed = signing?.findSecret()?.headerNames.filter((name) => !SIGNED_FACT.test(name)) ?? [];
  return authenticator.credentialHeader === undefined ? signed : [authenticator.credentialHeader, ...signed];
}
