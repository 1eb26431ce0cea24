import type { EmailHook } from './email-hook.ts';

/** Who has which address. */
export interface AddressBook {
  /** The hook that has the local part at a listener. */
  find(listenerId: string, localPart: string): EmailHook | undefined;
}

/** Of two hooks that want the same address the earlier one has it. */
export function decideAddresses(hooks: Iterable<EmailHook>): AddressBook {
  const taken = new Map<string, EmailHook>();
  for (const hook of hooks) {
    const key = keyOf(hook.listenerId, hook.localPart);
    if (!taken.has(key)) taken.set(key, hook);
  }
  return { find: (listenerId, localPart) => taken.get(keyOf(listenerId, localPart)) };
}

/** A local part holds no space. */
const keyOf = (listenerId: string, localPart: string): string => `${localPart} ${listenerId}`;
