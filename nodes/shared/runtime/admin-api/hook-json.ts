import type { ListedHook } from '../../../../src/inbound/hook-directory.ts';
import type {
  Interaction,
  ShownAnswer,
  ShownBody,
} from '../../../../src/inbound/interactions/interaction.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A row of the list of hooks; `parked` is null while the store cannot say. */
export function hookJson({ facts, activity }: ListedHook, parked: number | null) {
  const { isActive, isDebugged } = activity.switches;
  const { received, refused, lastReceivedAt } = activity.counts;
  return {
    id: facts.id,
    name: facts.name,
    description: facts.description,
    kind: facts.kind,
    url: facts.url,
    methods: facts.methods,
    active: isActive,
    debug: isDebugged,
    received,
    refused,
    parked,
    lastReceivedAt: lastReceivedAt === undefined ? null : iso(lastReceivedAt),
  };
}

/** An interaction, as the admin API gives it. Secrets were masked when it was recorded. */
export function interactionJson({ receivedAt, remoteAddress, request, decision, answer }: Interaction) {
  return {
    receivedAt: iso(receivedAt),
    remoteAddress,
    request: { ...request, headers: headersJson(request.headers), body: bodyJson(request.body) },
    decision: {
      outcome: decision.outcome,
      code: decision.code ?? null,
      reason: decision.reason ?? null,
      eventId: decision.eventId ?? null,
    },
    answer: answer ? answerJson(answer) : null,
  };
}

const answerJson = ({ statusCode, headers, body }: ShownAnswer) => ({
  statusCode,
  headers: headersJson(headers),
  body: bodyJson(body),
});

const headersJson = (headers: Interaction['request']['headers']) =>
  headers.map(([name, value]) => ({ name, value }));

const bodyJson = (body: ShownBody | undefined) =>
  body ? { content: body.content, encoding: body.encoding, size: body.size, cut: body.isCut } : null;
