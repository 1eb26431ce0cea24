import type { Authenticator } from './authenticator.ts';

const anyone = { keyName: null };

/** Lets everyone in. */
export const noAuthentication: Authenticator = {
  scheme: 'none',
  credentialHeader: undefined,
  authenticate: () => anyone,
};
