/** What Node-RED's settings do to every hook, as the runtime tells it. */
export interface HookHost {
  /** `/api`, or empty for the server's own root; null where hooks are off. */
  readonly root: string | null;
  readonly guardsOpenHooks: boolean;
  readonly hasPublicForms: boolean;
  readonly hasMiddleware: boolean;
  readonly hasCors: boolean;
  readonly trustsProxy: boolean;
}

/** How a hook's senders prove themselves, as its dialog stands. */
export interface HookSenders {
  readonly isForm: boolean;
  /** Neither a password nor a key nor a signature is asked for. */
  readonly isOpen: boolean;
}

/** Whether Node-RED's own login stands in front of the hook. */
export const isGuarded = (host: HookHost, { isForm, isOpen }: HookSenders): boolean =>
  host.guardsOpenHooks && isOpen && !(isForm && host.hasPublicForms);

/** What holds for the hook under the settings in force, as keys of words. */
export function hostWords(host: HookHost, senders: HookSenders): string[] {
  if (host.root === null) return ['hooksOff'];
  return [
    ...(host.root === '' ? [] : ['root']),
    ...authWords(host, senders),
    ...(host.hasMiddleware ? ['middleware'] : []),
    host.hasCors ? 'cors' : 'noCors',
    host.trustsProxy ? 'trustProxy' : 'noTrustProxy',
  ];
}

function authWords(host: HookHost, senders: HookSenders): string[] {
  if (!host.guardsOpenHooks) return [];
  if (!senders.isOpen) return ['ownAuth'];
  return [isGuarded(host, senders) ? 'guarded' : 'publicForm'];
}
