import type { NodeAPI } from 'node-red';
import type { Request } from 'express';
import type { Admission, Arrival, GateHost } from '../../../../src/inbound/gate-host.ts';
import { corsMiddleware } from './cors.ts';
import { dress } from './express-dress.ts';
import { runMiddleware, toMiddleware, type Middleware } from './middleware.ts';
import { NodeAuthentication } from './node-auth.ts';
import { httpRoots } from './roots.ts';

/** What Node-RED's settings put in front of every hook. */
export class ExpressHost implements GateHost {
  readonly #authentication = new NodeAuthentication();
  #RED: NodeAPI;
  #middleware: readonly Middleware[];

  constructor(RED: NodeAPI) {
    this.#RED = RED;
    this.#middleware = middlewareOf(RED);
    this.#authentication.attachTo(RED);
  }

  /** Serves this runtime from now on: a test may start several on one server. */
  adopt(RED: NodeAPI): void {
    this.#RED = RED;
    this.#middleware = middlewareOf(RED);
    this.#authentication.attachTo(RED);
  }

  get hookPrefix(): string | undefined {
    const { node } = httpRoots(this.#RED);
    return node === undefined ? undefined : `${node}/hooks/`;
  }

  prepare(arrival: Arrival): void {
    dress(arrival, this.#RED.httpNode);
  }

  admit({ request, response }: Arrival): Promise<Admission> | undefined {
    return this.#middleware.length === 0 ? undefined : runMiddleware(this.#middleware, request, response);
  }

  guard(arrival: Arrival): Promise<Admission> {
    return this.#authentication.guard(arrival);
  }

  remoteAddress(request: Arrival['request']): string | null {
    return (request as Request).ip ?? null;
  }
}

function middlewareOf({ settings }: NodeAPI): Middleware[] {
  const { httpNodeMiddleware, httpNodeCors } = settings as {
    httpNodeMiddleware?: unknown;
    httpNodeCors?: Parameters<typeof corsMiddleware>[0];
  };
  return [...toMiddleware(httpNodeMiddleware), ...(httpNodeCors ? [corsMiddleware(httpNodeCors)] : [])];
}
