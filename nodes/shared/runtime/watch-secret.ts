import type { Node } from 'node-red';
import { signingSecrets } from './signing-secrets.ts';

/** Tells a node at once, and after each change until it closes, whether its signing secret is there and can be used. */
export function watchSecret(node: Node, secretId: string, tell: (isThere: boolean) => void): void {
  const look = (): void => tell(signingSecrets.find(secretId) !== undefined);
  const stop = signingSecrets.onChange((id) => {
    if (id === secretId) look();
  });
  node.on('close', () => stop());
  look();
}
