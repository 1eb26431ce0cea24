import type { IncomingMessage } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { Admission, Arrival } from '../../../../src/inbound/gate-host.ts';
import { whenOver } from './middleware.ts';

type Resume = () => void;

/**
 * Node-RED's own authentication of the nodes' HTTP (`httpNodeAuth`). Only the application that Node-RED is part of knows how it
 * is done, so the request goes through it, and comes back where the nodes' routes would begin.
 */
export class NodeAuthentication {
  readonly #away = new WeakMap<IncomingMessage, Resume>();
  readonly #apps = new WeakSet();

  /** Lets requests come back from this application. */
  attachTo({ httpNode }: NodeAPI): void {
    if (this.#apps.has(httpNode)) return;
    this.#apps.add(httpNode);
    httpNode.use((request, _response, next) => {
      const resume = this.#away.get(request);
      if (resume) resume();
      else next();
    });
  }

  /** Whether the sender may; if not, the answer has been given. */
  guard({ request, response, lend }: Arrival): Promise<Admission> {
    return new Promise((resolve) => {
      // The editor's body parsers, which stand before the nodes' routes, leave alone what they think is parsed.
      (request as IncomingMessage & { _body?: boolean })._body = true;
      this.#away.set(request, () => {
        this.#away.delete(request);
        resolve('admitted');
      });
      whenOver(response, () => resolve('answered'));
      lend();
    });
  }
}

/**
 * Whether Node-RED's own authentication stands in front of a hook: it does where the hook has none, and signatures are one. A
 * form is public beside it only where Node-RED's settings file says so: `surveyHooks: { publicForms: true }`.
 */
export function isGuardedByNodeRed({ settings }: NodeAPI, hook: GuardedHook): boolean {
  const { httpNodeAuth, surveyHooks } = settings as {
    httpNodeAuth?: unknown;
    surveyHooks?: { readonly publicForms?: unknown };
  };
  if (!httpNodeAuth || hook.authenticator.scheme !== 'none' || hook.signingId !== undefined) return false;
  return !(hook.isForm && surveyHooks?.publicForms === true);
}

interface GuardedHook {
  readonly authenticator: { readonly scheme: string };
  readonly signingId: string | undefined;
  readonly isForm: boolean;
}
