import { HOOK_ERRORS, HookError } from '../errors.ts';
import type { Logger } from '../platform/logger.ts';
import type { Authentication, Authenticator } from './authenticators/authenticator.ts';
import { acceptEvent } from './accept-event.ts';
import { answerRefusal, limitUnread } from './answer.ts';
import type { Arrival } from './gate-host.ts';
import type { InboundHook } from './hook.ts';
import { explainUnauthorized } from './interactions/owner-words.ts';
import type { Sender } from './limits/sender-limits.ts';
import { readEvent } from './read-event.ts';
import type { ReceptionPorts } from './reception-ports.ts';
import { recordIfWatched } from './record-arrival.ts';
import { isRefusal, refusal, type Refusal } from './refusals.ts';

/** Takes a request at the path of these hooks to its end: an accepted event, a refusal, or a sender that went away. Never rejects. */
export async function receive(
  received: Arrival,
  hooks: readonly InboundHook[],
  ports: ReceptionPorts,
): Promise<void> {
  const arrival = recordIfWatched(received, hooks, ports);
  let concerned = hooks;
  const refuse = (refused: Refusal): void => {
    for (const { activity } of concerned) activity.noteRefused();
    arrival.recording?.refuse(refused);
    answerRefusal(arrival, refused, ports.clock);
  };
  try {
    const hook = await choose(arrival, hooks, ports);
    if (!hook) return;
    if (!isRefusal(hook)) concerned = [hook];
    const refused = isRefusal(hook) ? hook : await serve(arrival, hook, ports);
    if (refused) refuse(refused);
  } catch (error) {
    refuse(explain(error, ports.logger));
  }
}

/** The hook the request is for; undefined when the host has answered. */
async function choose(
  arrival: Arrival,
  hooks: readonly InboundHook[],
  { host, clock }: ReceptionPorts,
): Promise<InboundHook | Refusal | undefined> {
  if (!arrival.isReadable) return refusal('malformed_path');
  host.prepare(arrival);
  if ((await host.admit(arrival)) === 'answered') {
    arrival.recording?.decide({ outcome: 'host' });
    limitUnread(arrival, clock);
    return undefined;
  }
  const hook = chooseHook(arrival.request.method ?? '', hooks);
  if (!isRefusal(hook)) arrival.recording?.choose(hook);
  return hook;
}

async function serve(
  arrival: Arrival,
  hook: InboundHook,
  ports: ReceptionPorts,
): Promise<Refusal | undefined> {
  const sender = { hook, remoteAddress: ports.host.remoteAddress(arrival.request) };
  const authentication = await vet(arrival, sender, ports);
  if (!authentication || isRefusal(authentication)) return authentication;
  const read = await readEvent({ arrival, hook, authentication }, ports);
  const event = read && hook.signing ? confirm(sender, read, ports) : read;
  if (!event || isRefusal(event)) return event;
  if (!ports.isServing(hook)) return refusal('flows_not_running');
  if (!hook.activity.isActive) return refusal('not_found');
  return acceptEvent({ event, arrival, hook, ports });
}

/** Who sends, and whether they may now, from the connection and the headers alone; undefined when the host has answered. */
async function vet(
  arrival: Arrival,
  sender: Sender,
  ports: ReceptionPorts,
): Promise<Authentication | Refusal | undefined> {
  const refused = ports.limits.refuseSender(sender);
  if (refused) return refused;
  const authentication = await identify(arrival, sender, ports);
  // A sender who has to sign as well has not proved itself yet.
  const isLast = authentication && (isRefusal(authentication) || !sender.hook.signing);
  return isLast ? confirm(sender, authentication, ports) : authentication;
}

/** Takes the result of the last check of who sends. Only who may send uses up the hook's rate: strangers could keep others away. */
function confirm<Result extends object>(
  sender: Sender,
  result: Result | Refusal,
  { limits }: ReceptionPorts,
): Result | Refusal {
  limits.noteCheck(sender, result);
  return isRefusal(result) ? result : (limits.refuseExcess(sender) ?? result);
}

async function identify(
  arrival: Arrival,
  sender: Sender,
  { host, clock, limits }: ReceptionPorts,
): Promise<Authentication | Refusal | undefined> {
  const { hook } = sender;
  if (hook.isGuardedByHost && (await host.guard(arrival)) === 'answered') {
    if ([401, 403].includes(arrival.response.statusCode)) limits.noteCheck(sender, refusal('unauthorized'));
    hook.activity.noteRefused();
    arrival.recording?.decide({ outcome: 'host' });
    limitUnread(arrival, clock);
    return undefined;
  }
  return authenticate(arrival, hook.authenticator);
}

function authenticate(
  { request: { headers }, recording }: Arrival,
  authenticator: Authenticator,
): Authentication | Refusal {
  const authentication = authenticator.authenticate(headers);
  const { credentialHeader } = authenticator;
  if (recording && credentialHeader !== undefined && isUnauthorized(authentication))
    recording.noteReason(explainUnauthorized(credentialHeader, credentialHeader in headers));
  return authentication;
}

const isUnauthorized = (authentication: Authentication | Refusal): boolean =>
  isRefusal(authentication) && authentication.refused === 'unauthorized';

function chooseHook(method: string, hooks: readonly InboundHook[]): InboundHook | Refusal {
  const active = hooks.filter(({ activity }) => activity.isActive);
  if (active.length === 0) return refusal('not_found');
  const chosen = active.find(({ methods }) => methods.includes(method));
  if (chosen) return chosen;
  const allowed = new Set(active.flatMap(({ methods }) => methods));
  return refusal('method_not_allowed', { Allow: [...allowed].join(', ') });
}

/** What a person has to mend, or a store that is down, does not make the sender's event a wrong one: it can come again. */
function explain(error: unknown, logger: Logger): Refusal {
  const kind = error instanceof HookError ? HOOK_ERRORS[error.code].kind : undefined;
  logger.error(
    `An inbound request could not be handled: ${error instanceof Error ? error.message : String(error)}`,
  );
  return refusal(kind === 'store' || kind === 'config' ? 'unavailable' : 'internal');
}
