import { setHeader } from './draft.ts';
import type { Mutation } from './mutation.ts';

const ODD_HEADERS = [
  'X-Folded: a\r\n b\r\n\tc',
  'X-Empty:',
  ': no name',
  'No colon',
  'Spaced : a',
  ' Leading: a',
  'X-Nul: a\0b',
  'X-Latin: \u00e9',
  'X-Cr: a\rb',
  'X-Lf: a\nX-Smuggled: b',
  '__proto__: polluted',
  'constructor: polluted',
  'toString: polluted',
  `X-Huge: ${'x'.repeat(7000)}`,
  `X-Over: ${'x'.repeat(20_000)}`,
  `${'x'.repeat(5000)}: y`,
  'Host: other.example',
  'Host:',
  'Content-Type: text/plain',
  'Authorization: Bearer x',
  'Authorization: Basic',
  'Authorization: Basic %%%',
  'Cookie: a=%zz; __proto__=1; ;;=',
  'X-Forwarded-For: 1.2.3.4, ::1, x',
  'Forwarded: for="[::1]";proto=http',
  'Range: bytes=0-1',
  'If-Match: *',
  'Accept-Encoding: gzip',
  'X-HTTP-Method-Override: DELETE',
  'Origin: null',
  'Trailer: X-After',
];

const oddHeader: Mutation = (draft, random) => {
  const line = random.pick(ODD_HEADERS);
  draft.headers.splice(random.below(draft.headers.length + 1), 0, line);
  if (!/^[\w-]+: [\x20-\x7e]{0,7000}$/.test(line)) draft.isWhole = false;
};

const manyHeaders: Mutation = (draft, random) => {
  const count = random.pick([50, 1900, 2100]);
  draft.headers.push(...Array.from({ length: count }, (_, at) => `X${at}: y`));
  if (count > 50) draft.isWhole = false;
};

const twice: Mutation = (draft, random) => draft.headers.push(random.pick(draft.headers));

const drop: Mutation = (draft, random) => {
  const [line] = draft.headers.splice(random.below(draft.headers.length), 1);
  // Node.js refuses what names no host, and ends the connection before it has read the body.
  if (line?.startsWith('Host:') === true) draft.isWhole = false;
};

const authorization: Mutation = (draft, random) => {
  const token = random.pick(['', 'c2VuZGVyOg==', 'c2VuZGVy', '====', random.bytes(60).toString('base64')]);
  setHeader(
    draft,
    'Authorization',
    random.pick([`Basic ${token}`, `basic   ${token}`, `Digest ${token}`, token]),
  );
};

const connectionOf: Mutation = (draft, random) => {
  const lines = random.pick([
    ['Connection: close'],
    ['Connection: keep-alive', 'Keep-Alive: timeout=1, max=1'],
    ['Connection: Content-Length, Authorization, Host'],
  ]);
  draft.headers.push(...lines);
};

/** To others Node.js hands what offers another protocol for good; where none of them wants it, its connection stays open. */
const upgrade: Mutation = (draft, random) => {
  if (draft.mayStray) return;
  const protocol = random.pick(['h2c', 'TLS/1.3, foo', 'websocket', 'WebSocket, foo', '']);
  draft.headers.push(
    'Connection: Upgrade, HTTP2-Settings',
    `Upgrade: ${protocol}`,
    'HTTP2-Settings: AAMAAABkAAQAoAAAAAI',
  );
};

const expectation: Mutation = (draft, random) => {
  setHeader(draft, 'Expect', random.pick(['100-continue', '100-Continue', '200-ok', '100-continue, x', '']));
};

const forgeSignature: Mutation = (draft, random) => {
  draft.isSigned = false;
  setHeader(
    draft,
    'X-Hub-Signature-256',
    random.pick(['', 'sha256=', `sha256=${'0'.repeat(64)}`, 'sha1=00', 'x'.repeat(3000)]),
  );
};

/** Any header but those of the body. */
export const HEADER_MUTATIONS: readonly Mutation[] = [
  oddHeader,
  oddHeader,
  manyHeaders,
  twice,
  drop,
  authorization,
  connectionOf,
  expectation,
  upgrade,
  forgeSignature,
];
