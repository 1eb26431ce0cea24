import type { Node, NodeAPI, NodeDef } from 'node-red';
import {
  parseSigningSecret,
  type SigningCredential,
  type SigningSecretSettings,
} from '../../src/signature/signing-secret-settings.ts';
import type { SettingProblem } from '../../src/platform/settings-check.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { keepSigningSecrets, signingSecrets } from '../shared/runtime/signing-secrets.ts';

type Credentials = Record<SigningCredential, string>;
type SigningSecretDef = NodeDef & Omit<SigningSecretSettings, 'credentials'>;

/** A secret and the scheme it signs by. Hooks, endpoints and the sign and verify nodes find it by its id at each message. */
export default function register(RED: NodeAPI): void {
  function SigningSecret(this: Node<Credentials>, config: SigningSecretDef): void {
    RED.nodes.createNode(this, config);
    const parsed = parseSigningSecret(
      expandSettings(RED, this, { ...config, credentials: this.credentials }),
    );
    signingSecrets.set(parsed);
    if (parsed.kind === 'invalid') for (const problem of parsed.problems) this.error(describe(RED, problem));
    this.on('close', (removed: boolean, done: () => void) => {
      if (removed) signingSecrets.remove(this.id);
      done();
    });
  }

  keepSigningSecrets(RED);
  RED.nodes.registerType('signing-secret', SigningSecret, {
    credentials: { secret: { type: 'password' }, previousSecret: { type: 'password' } },
  });
}

/** What is wrong, named as the dialog names it; a secret's fault names itself. */
function describe(RED: NodeAPI, { setting, message }: SettingProblem): string {
  const label = setting === 'credentials' ? '' : `${RED._(`signing-secret.label.${setting}`)}: `;
  return `${RED._('signing-secret.errors.invalid')} ${label}${message}`;
}
