import type { NodeAPI } from 'node-red';
import { SigningSecretDirectory } from '../../../src/signature/signing-secret-directory.ts';

/** The signing secrets of this Node-RED process, which hooks, endpoints and the sign and verify nodes look up by id at each message. */
export const signingSecrets = new SigningSecretDirectory();

let hasNode: ((id: string) => boolean) | undefined;

/** Lets go of the secrets that are in no flow any more, each time the flows have started. */
export function followFlows(RED: NodeAPI): void {
  if (!hasNode) RED.events.on('flows:started', () => signingSecrets.keep((id) => hasNode?.(id) ?? true));
  // A test loads several Node-REDs in one process; the last one's flows run.
  hasNode = (id) => Boolean(RED.nodes.getNode(id));
}
