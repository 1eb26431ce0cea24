import type { NodeAPI } from 'node-red';
import { SigningSecretDirectory } from '../../../src/signature/signing-secret-directory.ts';

/** The signing secrets of this Node-RED process, which hooks, endpoints and the sign and verify nodes look up by id at each message. */
export const signingSecrets = new SigningSecretDirectory();

const watched = new WeakSet<NodeAPI['events']>();

/**
 * Takes out, whenever flows have started, the secrets whose nodes are gone: Node-RED tells nobody that a node is gone which stood in
 * a subflow. For whoever sets or looks up secrets, however often: it listens once.
 */
export function keepSigningSecrets({ events, nodes }: NodeAPI): void {
  if (watched.has(events)) return;
  watched.add(events);
  events.on('flows:started', () => signingSecrets.keep((id) => Boolean(nodes.getNode(id))));
}
