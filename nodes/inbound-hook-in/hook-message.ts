import type { ServerResponse } from 'node:http';
import type { NodeMessage } from 'node-red';
import type { InboundEvent, InboundHook } from '../../src/inbound/hook.ts';
import type { RestoredEvent } from '../../src/inbound/inbox/restore-event.ts';
import { parseCookies } from '../shared/runtime/gate/cookies.ts';

type NamedHook = Pick<InboundHook, 'id' | 'name'>;

/** The message that a hook starts a flow with. */
export function hookMessage(
  event: InboundEvent,
  hook: NamedHook,
  response: ServerResponse | undefined,
): NodeMessage {
  const { request, body } = event;
  Object.assign(request, { body, _body: true });
  const message = {
    ...contentOf(event),
    req: request,
    ...(response && { res: answerable(response) }),
    hook: { ...factsOf(event, hook), redelivered: false },
  };
  return message;
}

/** The same message once more, for an event whose connection is gone: `req` is a plain object. */
export function redeliveredMessage(
  event: RestoredEvent,
  hook: NamedHook,
  parseQuery: (search: string) => unknown,
): NodeMessage {
  const { request, body, method, path, remoteAddress } = event;
  const { url, search, headers, parameters } = request;
  const message = {
    ...contentOf(event),
    req: {
      method,
      url,
      originalUrl: url,
      baseUrl: '',
      path,
      headers,
      query: parseQuery(search),
      params: parameters,
      cookies: parseCookies(headers.cookie),
      ip: remoteAddress,
      body,
      _body: true,
    },
    hook: { ...factsOf(event, hook), redelivered: true },
  };
  return message;
}

type Content = Pick<InboundEvent, 'payload' | 'rawBody' | 'files' | 'signature'>;

function contentOf({ payload, rawBody, files, signature }: Content): object {
  return {
    payload,
    rawBody,
    ...(files && { files }),
    ...(signature && {
      signature: { scheme: signature.scheme, verified: true, keyUsed: signature.keyUsed, reason: null },
    }),
  };
}

function factsOf(event: Omit<InboundEvent, 'request'>, { id, name }: NamedHook): object {
  return {
    id,
    name,
    path: event.path,
    method: event.method,
    requestId: event.requestId,
    receivedAt: new Date(event.receivedAt).toISOString(),
    remoteAddress: event.remoteAddress,
    contentType: event.contentType,
    keyName: event.keyName,
    verified: event.signature !== undefined,
  };
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
