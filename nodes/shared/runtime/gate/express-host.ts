import type { NodeAPI } from 'node-red';
import type { Request } from 'express';
import type { Admission, Arrival, GateHost } from '../../../../src/inbound/gate-host.ts';
import { corsMiddleware, type CorsSetting } from './cors.ts';
import { dress } from './express-dress.ts';
import { runMiddleware, toMiddleware, type Middleware } from './middleware.ts';
import { NodeAuthentication } from './node-auth.ts';
import { httpRoots } from './roots.ts';

/** What Node-RED's settings put in front of every hook. */
export class ExpressHost implements GateHost {
  readonly #authentication = new NodeAuthentication();
  #RED: NodeAPI;
  #inFront: InFront;

  constructor(RED: NodeAPI) {
    this.#RED = RED;
    this.#inFront = inFrontOf(RED);
    this.#authentication.attachTo(RED);
  }

  /** Serves this runtime from now on: a test may start several on one server. */
  adopt(RED: NodeAPI): void {
    this.#RED = RED;
    this.#inFront = inFrontOf(RED);
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
    const handlers = request.method === 'OPTIONS' ? this.#inFront.ofOptions : this.#inFront.ofOthers;
    return handlers.length === 0 ? undefined : runMiddleware(handlers, request, response);
  }

  guard(arrival: Arrival): Promise<Admission> {
    return this.#authentication.guard(arrival);
  }

  remoteAddress(request: Arrival['request']): string | null {
    return (request as Request).ip ?? null;
  }
}

interface InFront {
  readonly ofOptions: readonly Middleware[];
  readonly ofOthers: readonly Middleware[];
}

/** As in front of Node-RED's own routes, a preflight is answered before anything looks for credentials: it never has any. */
function inFrontOf({ settings }: NodeAPI): InFront {
  const { httpNodeMiddleware, httpNodeCors } = settings as {
    httpNodeMiddleware?: unknown;
    httpNodeCors?: CorsSetting;
  };
  const middleware = toMiddleware(httpNodeMiddleware);
  const cors = httpNodeCors ? [corsMiddleware(httpNodeCors)] : [];
  return { ofOptions: [...cors, ...middleware], ofOthers: [...middleware, ...cors] };
}
