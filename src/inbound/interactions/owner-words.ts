import { REFUSALS, type RefusalCode } from '../refusals.ts';

/** What the owner of a hook may know beyond what its senders are told. */
const OWNER_WORDS: Partial<Record<RefusalCode, string>> = {
  forbidden: 'The key is one of this hook, without the role that it asks for.',
  not_found: 'The hook is switched off.',
  internal: "An error in Node-RED, of which its log tells. The sender's request need not be wrong.",
  unavailable: 'The store does not take the event at the moment, of which the log of Node-RED tells.',
};

/** Why a request was refused, for the eyes of the hook's owner. */
export const explainRefusal = (code: RefusalCode): string => OWNER_WORDS[code] ?? REFUSALS[code].message;

/** Why nobody was found to have sent a request, from the header in which senders prove themselves. */
export const explainUnauthorized = (header: string, isThere: boolean): string =>
  isThere
    ? `The header "${header}" holds no credentials of this hook.`
    : `The header "${header}", which proves the sender, is missing.`;
