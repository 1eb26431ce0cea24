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

/** What a sender signs with has any name. */
const credentialNamesOf = ({ signing }: InboundHook): readonly string[] =>
  signing?.findSecret()?.headerNames ?? [];
