import type { Application } from 'express';
import type { NodeAPI } from 'node-red';
import { httpRoots } from './roots.ts';

/** What Node-RED's settings do to every hook, for the editor to tell: no value of a setting that could be a secret. */
export interface HostFacts {
  /** Where hooks stand: `/api`, or empty for the server's own root; null where hooks are off. */
  readonly root: string | null;
  /** Whether `httpNodeAuth` guards the hooks that have no authentication of their own. */
  readonly guardsOpenHooks: boolean;
  /** Whether forms are public all the same: `surveyHooks: { publicForms: true }`. */
  readonly hasPublicForms: boolean;
  /** Whether `httpNodeMiddleware` sees each request first. */
  readonly hasMiddleware: boolean;
  /** Whether `httpNodeCors` lets pages of other origins read the answers. */
  readonly hasCors: boolean;
  /** Whether Express's `trust proxy` is set: without it, behind a proxy, all senders have the proxy's address. */
  readonly trustsProxy: boolean;
}

/** The facts as they are now: an application that Node-RED is a part of may change its own settings. */
export function hostFacts(RED: NodeAPI): HostFacts {
  const { httpNodeAuth, httpNodeMiddleware, httpNodeCors, surveyHooks } = RED.settings as {
    httpNodeAuth?: unknown;
    httpNodeMiddleware?: unknown;
    httpNodeCors?: unknown;
    surveyHooks?: { readonly publicForms?: unknown };
  };
  return {
    root: httpRoots(RED).node ?? null,
    guardsOpenHooks: Boolean(httpNodeAuth),
    hasPublicForms: surveyHooks?.publicForms === true,
    hasMiddleware: Boolean(httpNodeMiddleware),
    hasCors: Boolean(httpNodeCors),
    trustsProxy: isSet(RED.httpNode, 'trust proxy'),
  };
}

/** A setting of an Express application, which may not be there where Node-RED serves nothing. */
const isSet = (app: Application | undefined, setting: string): boolean => Boolean(app?.get(setting));
