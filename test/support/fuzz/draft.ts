/** A request before it is bytes, so that it can be spoilt part by part. */
import { createHmac } from 'node:crypto';
import { basicAuth } from '../http.ts';

/** What the hooks of the fuzz run have to know of their senders. */
export const LOGIN = { username: 'sender', password: 'colons: and ünïcode' };
export const API_KEY = 'made up for the fuzz run too';
export const SIGNING_KEY = 'made up for the fuzz run';

/** Hooks by what is particular about them, with their paths: those that take what they are sent … */
export const OPEN_HOOKS = {
  basic: '/hooks/basic',
  keyed: '/hooks/keyed',
  signed: '/hooks/signed',
  form: '/hooks/form',
  flow: '/hooks/flow',
  open: '/hooks/open',
  small: '/hooks/small',
  parameter: '/hooks/of/customer',
} as const;
/** … and those that take nothing, or not all. */
export const CLOSED_HOOKS = {
  guessed: '/hooks/guessed',
  weak: '/hooks/weak',
  far: '/hooks/far',
  off: '/hooks/off',
  busy: '/hooks/busy',
} as const;
export const HOOKS = { ...OPEN_HOOKS, ...CLOSED_HOOKS };
export type HookName = keyof typeof HOOKS;

/** How the end of the body is told: by its length, by chunks, or as these bytes say. */
export type Framing =
  | { readonly by: 'length' }
  | { readonly by: 'chunks'; readonly sizes: readonly number[] }
  | { readonly by: 'bytes'; readonly headers: readonly string[]; readonly body: Buffer };

export interface Draft {
  readonly hook: HookName;
  method: string;
  target: string;
  version: string;
  /** Lines, each with its colon. */
  headers: string[];
  body: Buffer;
  framing: Framing;
  /** Whether the signature covers the body as it is sent. */
  isSigned: boolean;
  /** Whether it is without a fault. */
  isGood: boolean;
  /** Whether it has an end that a server sees, at a path that is the hook's: then it is answered. */
  isWhole: boolean;
  /** Whether it may be at a path that is no hook's. */
  mayStray: boolean;
}

/** A request without a fault, but for the password that somebody guesses. */
export function goodDraft(hook: HookName): Draft {
  const body = Buffer.from(
    hook === 'form' ? 'Email=a%40b.example&Score=9' : '{"Email":"a@b.example","Score":9}',
  );
  const type = hook === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    hook,
    method: 'POST',
    target: HOOKS[hook],
    version: 'HTTP/1.1',
    headers: ['Host: hooks.example', `Content-Type: ${type}`, ...(PROOFS[hook] ?? [])],
    body,
    framing: { by: 'length' },
    isSigned: hook === 'signed',
    isGood: true,
    isWhole: true,
    mayStray: false,
  };
}

const PROOFS: Readonly<Partial<Record<HookName, readonly string[]>>> = {
  basic: [`Authorization: ${basicAuth(LOGIN)}`],
  keyed: [`X-Client: ${API_KEY}`],
  weak: [`X-Client: ${API_KEY}`],
  guessed: [`Authorization: ${basicAuth({ ...LOGIN, password: 'a guess' })}`],
};

/** Puts a header in the place of those with its name. */
export function setHeader(draft: Draft, name: string, value: string): void {
  const mark = `${name.toLowerCase()}:`;
  draft.headers = draft.headers.filter((line) => !line.toLowerCase().startsWith(mark));
  draft.headers.push(`${name}: ${value}`);
}

/** The bytes of the request. */
export function serialise(draft: Draft): Buffer {
  const { method, target, version, headers, body, framing } = draft;
  const signature = createHmac('sha256', SIGNING_KEY).update(body).digest('hex');
  const signed = draft.isSigned ? [`X-Hub-Signature-256: sha256=${signature}`] : [];
  const framed = frame(body, framing);
  const lines = [`${method} ${target} ${version}`, ...headers, ...signed, ...framed.headers, '', ''];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), framed.body]);
}

interface Framed {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

function frame(body: Buffer, framing: Framing): Framed {
  switch (framing.by) {
    case 'length':
      return { headers: [`Content-Length: ${body.length}`], body };
    case 'chunks':
      return { headers: ['Transfer-Encoding: chunked'], body: toChunks(body, framing.sizes) };
    case 'bytes':
      return framing;
  }
}

/** Chunks of these sizes in turn, and the last one. */
export function toChunks(body: Buffer, sizes: readonly number[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0, n = 0; at < body.length; n++) {
    const chunk = body.subarray(at, at + Math.max(1, sizes[n % sizes.length] ?? 1));
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += chunk.length;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
