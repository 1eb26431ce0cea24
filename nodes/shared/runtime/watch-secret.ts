import type { Node } from 'node-red';
import { signingSecrets } from './signing-secrets.ts';

/** Tells a node whether its signing secret is there and can be used: at once if it is not, and after each change until the node closes. */
export function watchSecret(node: Node, secretId: string, tell: (isThere: boolean) => void): void {
  const isThere = (): boolean => signingSecrets.find(secretId) !== undefined;
  const stop = signingSecrets.onChange((id) => {
    if (id === secretId) tell(isThere());
  });
  node.on('close', () => stop());
  if (!isThere()) tell(false);
}
