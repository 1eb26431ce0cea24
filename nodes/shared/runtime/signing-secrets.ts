import { SigningSecretDirectory } from '../../../src/signature/signing-secret-directory.ts';

/** The signing secrets of this Node-RED process, which hooks, endpoints and the sign and verify nodes look up by id at each message. */
export const signingSecrets = new SigningSecretDirectory();
