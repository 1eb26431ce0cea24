import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import { REFUSALS } from '../../src/inbound/refusals.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Verification } from '../../src/signature/scheme.ts';
import { verifyWith } from '../../src/signature/signing-secret.ts';
import { fail } from '../shared/runtime/failure.ts';
import { statusOf } from '../shared/runtime/status.ts';
import { signingSecrets } from '../shared/runtime/signing-secrets.ts';
import { watchSecret } from '../shared/runtime/watch-secret.ts';
import { receivedMessage, type HttpMessage } from './received-message.ts';
import { STATUS } from './verify-status.ts';

interface HmacVerifyDef extends NodeDef {
  secret?: string;
}

/** Sends out of the first output what was signed with the secret, and out of the second what was not. */
export default function register(RED: NodeAPI): void {
  function HmacVerify(this: Node, config: HmacVerifyDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const { secret: secretId = '' } = config;
    watchSecret(this, secretId, (isThere) => status.show(isThere ? {} : STATUS['secret-missing']));

    this.on('input', (message: HttpMessage, send, done) => {
      const received = receivedMessage(message);
      if (!received) {
        status.show(STATUS.parsed);
        fail(this, done, PARSED);
        return;
      }
      const secret = signingSecrets.find(secretId);
      const result = verifyWith(secret, received, systemClock.now());
      const signature = { scheme: secret?.schemeId ?? null, ...describe(result) };
      status.show(result.verified ? {} : STATUS[result.reason]);
      if (result.verified) send([Object.assign(message, { signature }), null]);
      else send([null, refuse(Object.assign(message, { signature, rawBody: received.bytes }))]);
      done();
    });
  }
  RED.nodes.registerType('hmac-verify', HmacVerify);
}

const PARSED = new HookError(
  'HOOK_MESSAGE_UNREADABLE',
  'The body came parsed, so the bytes that were signed are gone. In the http in node, tick "Do not parse request body", or receive with inbound hook in.',
);

const describe = (result: Verification) => ({
  verified: result.verified,
  keyUsed: result.verified ? result.keyUsed : null,
  reason: result.verified ? null : result.reason,
});

/** Makes the message the answer to whoever sent it, who is told neither the reason nor what was sent. */
function refuse(message: NodeMessage): NodeMessage {
  const { status, message: words } = REFUSALS.unauthorized;
  const refused = Object.assign(message, {
    statusCode: status,
    payload: { error: { code: 'unauthorized', message: words } },
  });
  // They would be the answer's.
  Reflect.deleteProperty(refused, 'headers');
  return refused;
}
