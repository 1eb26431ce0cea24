import type { IncomingMessage } from 'node:http';
import type { Exchange } from './answer.ts';
import type { Recording } from './interactions/recording.ts';
import type { RequestTarget } from './request-target.ts';

/** A request at the path of a hook. */
export interface Arrival extends Exchange, RequestTarget {
  readonly parameters: Readonly<Record<string, string>>;
  /** False where a parameter of the path is malformed percent-encoding; there are none then. */
  readonly isReadable: boolean;
  /** Undefined unless one of the hooks shows its interactions. */
  readonly recording?: Recording | undefined;
  /** Hands the request to those who would have had it without the gate, for as long as they leave its body alone. */
  readonly lend: () => void;
}

/** Whether a request may go on, or has had its answer. */
export type Admission = 'admitted' | 'answered';

/** What the program around the gate puts in front of its hooks. */
export interface GateHost {
  /** While nothing is known of the hooks yet, paths that begin so may be theirs; undefined if none are. */
  readonly hookPrefix: string | undefined;
  /** Makes request and response what the host's own handlers would be given. */
  prepare(arrival: Arrival): void;
  /** What the host lets every request go through; undefined if that is nothing. It leaves the body alone. */
  admit(arrival: Arrival): Promise<Admission> | undefined;
  /** The host's own authentication, for hooks that have none. It leaves the body alone. */
  guard(arrival: Arrival): Promise<Admission>;
  /** Where the request came from, as far as the host trusts proxies to say so. */
  remoteAddress(request: IncomingMessage): string | null;
}

/** No host: nothing in front of hooks, and what needs its authentication is refused. */
export const bareHost: GateHost = {
  hookPrefix: '/hooks/',
  prepare: () => undefined,
  admit: () => undefined,
  guard: () => Promise.reject(new Error('There is no host to authenticate with.')),
  remoteAddress: (request) => request.socket.remoteAddress ?? null,
};
