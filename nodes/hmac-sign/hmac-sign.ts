import type { Node, NodeAPI, NodeDef } from 'node-red';
import { HookError } from '../../src/errors.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { fail } from '../shared/runtime/failure.ts';
import { readProperty } from '../shared/runtime/read-property.ts';
import { expandEnv } from '../shared/runtime/settings.ts';
import { signingSecrets } from '../shared/runtime/signing-secrets.ts';
import { watchSecret } from '../shared/runtime/watch-secret.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { signMessage } from './sign-message.ts';

interface HmacSignDef extends NodeDef {
  secret?: string;
  property?: string;
}

const STATUS = {
  noSecret: { fill: 'red', shape: 'ring', text: 'hmac-sign.status.no-secret' },
  error: { fill: 'red', shape: 'ring', text: 'hmac-sign.status.error' },
} as const;

/** Signs a message as its receiver expects it, for an `http request` node or whatever else sends it. */
export default function register(RED: NodeAPI): void {
  function HmacSign(this: Node, config: HmacSignDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const { secret: secretId = '' } = config;
    const property = expandEnv(RED, this, config.property ?? '') || 'payload';
    watchSecret(this, secretId, (isThere) => status.show(isThere ? {} : STATUS.noSecret));

    this.on('input', (message, send, done) => {
      const secret = signingSecrets.find(secretId);
      if (!secret) {
        status.show(STATUS.noSecret);
        fail(this, done, NO_SECRET);
        return;
      }
      try {
        const content = readProperty(RED, message, property);
        send(signMessage(message, { secret, content, now: systemClock.now() }));
        status.show({});
        done();
      } catch (error) {
        status.show(STATUS.error);
        fail(this, done, error);
      }
    });
  }
  RED.nodes.registerType('hmac-sign', HmacSign);
}

const NO_SECRET = new HookError(
  'HOOK_CONFIG_INVALID',
  'There is no signing secret to sign with: choose one. The one chosen may be deleted, disabled or without its secret.',
);
