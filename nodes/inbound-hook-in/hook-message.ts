import type { ServerResponse } from 'node:http';
import type { NodeMessage } from 'node-red';
import type { InboundEvent, InboundHook } from '../../src/inbound/hook.ts';

/** The message that a hook starts a flow with. */
export function hookMessage(
  event: InboundEvent,
  { id, name }: Pick<InboundHook, 'id' | 'name'>,
  response: ServerResponse | undefined,
): NodeMessage {
  const { request, payload, rawBody, files, body, signature } = event;
  Object.assign(request, { body, _body: true });
  const message = {
    payload,
    req: request,
    ...(response && { res: answerable(response) }),
    rawBody,
    ...(files && { files }),
    ...(signature && {
      signature: { scheme: signature.scheme, verified: true, keyUsed: signature.keyUsed, reason: null },
    }),
    hook: {
      id,
      name,
      path: event.path,
      method: event.method,
      requestId: event.requestId,
      receivedAt: new Date(event.receivedAt).toISOString(),
      remoteAddress: event.remoteAddress,
      contentType: event.contentType,
      keyName: event.keyName,
      verified: signature !== undefined,
      redelivered: false,
    },
  };
  return message;
}

/** What functions know of a core `http in` message's `res`, besides the `_res` that `http response` takes. */
const METHODS =
  'append attachment cookie clearCookie download end format get json jsonp links location redirect render send sendfile sendFile sendStatus set status type vary'.split(
    ' ',
  );

function answerable(response: ServerResponse): Record<string, unknown> {
  const res: Record<string, unknown> = { _res: response };
  const methods = response as unknown as Record<string, unknown>;
  for (const name of METHODS) {
    const method = methods[name];
    if (typeof method !== 'function') continue;
    res[name] = (...parameters: unknown[]): unknown => {
      const result: unknown = Reflect.apply(method, response, parameters);
      return result === response ? res : result;
    };
  }
  return res;
}
