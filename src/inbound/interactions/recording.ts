import type { Refusal } from '../refusals.ts';
import type { Exchange } from '../answer.ts';
import type { HookActivity } from '../hook-activity.ts';
import type { Decision, Interaction, ShownAnswer, ShownBody, ShownHeader } from './interaction.ts';
import type { LoggedInteraction } from './interaction-log.ts';
import { maskHeaders, maskTarget } from './mask-exchange.ts';
import { explainRefusal } from './owner-words.ts';
import { showBody } from './shown-body.ts';
import { watchAnswer, type WatchedAnswer } from './watch-answer.ts';

/** What is shown of the hooks a request may be for. */
export interface RecordedHook {
  readonly activity: HookActivity;
  /** The headers in which its senders prove themselves, beyond those whose names say so. */
  readonly credentialNames: readonly string[];
}

/** A request as it begins. */
export interface Recorded extends Exchange {
  /** Path and query. */
  readonly target: string;
  readonly remoteAddress: () => string | null;
  /** UTC epoch ms. */
  readonly receivedAt: number;
}

/**
 * A request as debug will show it. It is shown with its first decision, at all hooks it may be for until one is chosen; its answer
 * follows when it has been given.
 */
export class Recording {
  readonly #recorded: Recorded;
  readonly #headers: readonly ShownHeader[];
  readonly #answer: WatchedAnswer;
  readonly #credentialNames: readonly string[];
  #activities: readonly HookActivity[];
  #body: ShownBody | undefined;
  #reason: string | undefined;
  #shown: readonly LoggedInteraction[] | undefined;

  constructor(recorded: Recorded, hooks: readonly RecordedHook[]) {
    const { request, response } = recorded;
    this.#recorded = recorded;
    this.#activities = hooks.map(({ activity }) => activity);
    this.#credentialNames = hooks.flatMap(({ credentialNames }) => credentialNames);
    this.#headers = maskHeaders(pairsOf(request.rawHeaders), this.#credentialNames);
    this.#answer = watchAnswer(response);
    response.once('close', () => this.#end());
  }

  /** The request is for this hook and no other. */
  choose({ activity }: Pick<RecordedHook, 'activity'>): void {
    this.#activities = this.#activities.filter((one) => one === activity);
  }

  /** Takes the body's bytes as they came over the wire. */
  noteBody(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#body = showBody(bytes);
  }

  /** Keeps why the request will be refused, in words that its sender is not told. */
  noteReason(reason: string): void {
    this.#reason = reason;
  }

  refuse({ refused }: Refusal): void {
    this.decide({ outcome: 'refused', code: refused, reason: this.#reason ?? explainRefusal(refused) });
  }

  /** A later decision stands in place of an earlier one: a flow may fail to answer what was accepted. */
  decide(decision: Decision): void {
    if (this.#shown) {
      for (const shown of this.#shown) shown.change({ decision });
      return;
    }
    const interaction = this.#show(decision);
    this.#shown = this.#activities.flatMap(({ interactions }) => interactions?.add(interaction) ?? []);
    if (this.#shown.length === 0) this.#answer.stop();
  }

  #show(decision: Decision): Interaction {
    const { request, target, receivedAt, remoteAddress } = this.#recorded;
    return {
      receivedAt,
      remoteAddress: remoteAddress(),
      request: {
        method: request.method ?? '',
        url: maskTarget(target),
        protocol: `HTTP/${request.httpVersion}`,
        headers: this.#headers,
        body: this.#body,
      },
      decision,
      answer: undefined,
    };
  }

  #end(): void {
    if (!this.#shown) this.decide({ outcome: 'aborted' });
    const isKept = this.#shown?.some((shown) => shown.isKept);
    const answer = isKept ? this.#answer.read() : undefined;
    this.#answer.stop();
    if (!answer) return;
    const masked: ShownAnswer = { ...answer, headers: maskHeaders(answer.headers, this.#credentialNames) };
    for (const shown of this.#shown ?? []) shown.change({ answer: masked });
  }
}

const pairsOf = (raw: readonly string[]): ShownHeader[] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
