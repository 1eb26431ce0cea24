import type { IncomingMessage, ServerResponse } from 'node:http';
import { calmLogger } from '../platform/calm-logger.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { silentLogger, type Logger } from '../platform/logger.ts';
import { answerRefusal } from './answer.ts';
import { AnswersUnderWay } from './deduplication/answers-under-way.ts';
import { BODY_DEADLINE_MS, BODY_IDLE_MS } from './body/limits.ts';
import { bareHost, type Arrival, type GateHost } from './gate-host.ts';
import type { InboundHook, PathRefusal } from './hook.ts';
import { inTurn, takePlace } from './in-turn.ts';
import { SenderLimits } from './limits/sender-limits.ts';
import { decideClaims, type ForeignRoute, type PathClaim } from './path-claims.ts';
import { parseHookPath } from './path-pattern.ts';
import { PendingAnswers } from './pending-answers.ts';
import { receive } from './reception.ts';
import type { ReceptionPorts } from './reception-ports.ts';
import { refusal } from './refusals.ts';
import { parseTarget } from './request-target.ts';
import { RouteTable, type RouteMatch } from './route-table.ts';

export interface GateOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly newId?: () => string;
  readonly host?: GateHost;
  readonly bodyDeadlineMs?: number;
  readonly bodyIdleMs?: number;
}

/** A request as the server has it, and who else would have had it. */
interface Offer {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** For a request that is no hook's. */
  readonly passOn: Handle;
  /** For a hook's request that goes through what the host has in front of its own handlers. */
  readonly lend: Handle;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Where requests to hooks come in. It begins shut, because a server listens before its flows run; while it is shut, requests for
 * hooks are answered 503 with `Retry-After`.
 */
export class InboundGate {
  readonly #claims = new Map<string, PathClaim>();
  readonly #decisions = new Map<InboundHook, PathRefusal | undefined>();
  readonly #pending: PendingAnswers;
  readonly #ports: ReceptionPorts;
  #routes = new RouteTable<InboundHook>();
  #foreign: readonly ForeignRoute[] = [];
  #state: 'starting' | 'open' | 'shut' = 'starting';

  constructor(options: GateOptions = {}) {
    const { clock = systemClock, logger = silentLogger, host = bareHost } = options;
    this.#pending = new PendingAnswers(clock);
    this.#ports = {
      clock,
      logger: calmLogger(logger, clock),
      host,
      newId: options.newId ?? newId,
      bodyDeadlineMs: options.bodyDeadlineMs ?? BODY_DEADLINE_MS,
      bodyIdleMs: options.bodyIdleMs ?? BODY_IDLE_MS,
      pending: this.#pending,
      underWay: new AnswersUnderWay(),
      limits: new SenderLimits(clock),
      isServing: (hook) => this.#isServing(hook),
    };
  }

  /** How many requests wait for their flow's answer. */
  get pendingCount(): number {
    return this.#pending.count;
  }

  /** Asks for the hook's path; whether it gets it is told to the hook once the gate is open. A claim with the same id is replaced. */
  claim(hook: InboundHook): void {
    this.release(hook.id);
    const pattern = parseHookPath(hook.path, hook.root);
    if (typeof pattern === 'string') {
      hook.onRouted({ code: pattern });
      return;
    }
    this.#claims.set(hook.id, { hook, pattern });
    if (this.#state === 'open') this.#decide();
    // The path is known to be a hook's from now on, so senders are told to come again.
    else this.#routes.add(pattern, hook);
  }

  /** Gives the hook's path up; its requests that wait for an answer get 503. */
  release(id: string): void {
    const claim = this.#claims.get(id);
    if (!claim) return;
    this.#claims.delete(id);
    this.#decisions.delete(claim.hook);
    this.#refuseAll(id);
    // While shut, the path stays known: a deploy closes every hook and makes it anew.
    if (this.#state === 'open') this.#decide();
  }

  /** Decides who has which path, tells each hook when that changed, and lets requests through. */
  open(foreign: readonly ForeignRoute[] = []): void {
    this.#foreign = foreign;
    this.#state = 'open';
    this.#decide();
  }

  /** Stops letting requests through until it is opened again; those that wait for a flow's answer get 503. */
  shut(): void {
    if (this.#state === 'open') this.#state = 'shut';
    this.#refuseAll();
  }

  /** Whether a request at this URL is a hook's, or may be one's as soon as the flows run. */
  isFor(url: string): boolean {
    const { path } = parseTarget(url);
    return this.#routes.match(path).length > 0 || this.#maySoonBeHook(path);
  }

  /** Takes a request, or hands it on if no hook is there. Never throws, except for what those it is handed on to throw. */
  offer({ request, response, passOn, lend }: Offer): void {
    // Now, because handlers of the host may write another URL into the request.
    const target = parseTarget(request.url ?? '');
    const matches = this.#routes.match(target.path);
    const [match] = matches;
    if (match === undefined && !this.#maySoonBeHook(target.path)) {
      takePlace({ request, response });
      passOn(request, response);
      return;
    }
    const isReadable = matches.every(({ parameters }) => parameters);
    const parameters = (isReadable && match?.parameters) || {};
    const lendIt = (): void => lend(request, response);
    const arrival = { request, response, ...target, parameters, isReadable, lend: lendIt };
    // Without listeners, an error of either stream ends the process.
    request.on('error', ignore);
    response.on('error', ignore);
    inTurn(arrival, () => this.#take(arrival, matches));
  }

  #take(arrival: Arrival, matches: readonly RouteMatch<InboundHook>[]): void {
    const { clock } = this.#ports;
    if (this.#state !== 'open') answerRefusal(arrival, refusal('flows_not_running'), clock);
    else
      void receive(
        arrival,
        matches.map(({ target }) => target),
        this.#ports,
      );
  }

  #maySoonBeHook(path: string): boolean {
    const { hookPrefix } = this.#ports.host;
    return this.#state === 'starting' && hookPrefix !== undefined && path.startsWith(hookPrefix);
  }

  #refuseAll(hookId?: string): void {
    this.#pending.refuseAll(hookId);
    // Their senders are gone; the others have their answer by now.
    this.#ports.underWay.abandonAll(hookId);
  }

  #isServing(hook: InboundHook): boolean {
    return this.#state === 'open' && this.#claims.get(hook.id)?.hook === hook;
  }

  #decide(): void {
    const routes = new RouteTable<InboundHook>();
    for (const [hook, refused] of decideClaims(this.#claims.values(), this.#foreign)) {
      const claim = this.#claims.get(hook.id);
      if (!refused && claim) routes.add(claim.pattern, hook);
      this.#tell(hook, refused);
    }
    this.#routes = routes;
  }

  #tell(hook: InboundHook, refused: PathRefusal | undefined): void {
    if (this.#decisions.has(hook) && isSame(this.#decisions.get(hook), refused)) return;
    this.#decisions.set(hook, refused);
    hook.onRouted(refused);
  }
}

const ignore = (): void => undefined;

const isSame = (one: PathRefusal | undefined, other: PathRefusal | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
