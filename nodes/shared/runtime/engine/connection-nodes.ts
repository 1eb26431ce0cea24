import type { Node, NodeAPI } from 'node-red';
import type { ConnectionSource } from '../../../../src/delivery/endpoint/endpoint-route.ts';
import { parseProxy, type ParsedProxy } from '../../../../src/delivery/endpoint/proxy-settings.ts';
import { parseTls, type ParsedTls, type TlsValues } from '../../../../src/delivery/endpoint/tls-settings.ts';
import { findWritten } from '../named-node.ts';

/** A core `tls-config`, as other nodes use it. */
interface TlsNode extends Node {
  readonly valid?: boolean;
  addTLSOptions?(options: TlsValues): void;
}

/** A core `http proxy`, as other nodes use it. */
interface ProxyNode extends Node<{ username?: string; password?: string }> {
  readonly url?: unknown;
  readonly noproxy?: unknown;
}

/** The core nodes `tls-config` and `http proxy` of the flows that run. */
export const connectionNodes = (RED: NodeAPI): ConnectionSource => ({
  findTls: (id) => findTls(RED, id),
  findProxy: (id) => findProxy(RED, id),
});

function findTls(RED: NodeAPI, id: string): ParsedTls | undefined {
  const node = RED.nodes.getNode(id) as TlsNode | null;
  if (node?.type !== 'tls-config' || !node.addTLSOptions) return undefined;
  const values: TlsValues = {};
  node.addTLSOptions(values);
  const isWhole = node.valid !== false && !isLacking(findWritten(RED, node) ?? {}, values);
  return isWhole ? parseTls(values) : { kind: 'invalid', message: NOT_WHOLE };
}

const NOT_WHOLE =
  'The TLS configuration names a file, a certificate, a key or a variable that is not there, as after an import; nothing is sent without it.';

type Values = Readonly<Record<string, unknown>>;

/** Whether something is named that the node does not have: it would leave that out, and a request go without its certificate. */
function isLacking(written: Values, values: TlsValues): boolean {
  if (written['certType'] === 'pfx') return !isFilled(values.pfx);
  const names = written['certType'] === 'env' ? ['Env'] : ['', 'name'];
  return (['cert', 'key', 'ca'] as const).some(
    (part) => names.some((name) => isFilled(written[`${part}${name}`])) && !isFilled(values[part]),
  );
}

const isFilled = (value: unknown): boolean =>
  (typeof value === 'string' || Buffer.isBuffer(value)) && value.length > 0;

function findProxy(RED: NodeAPI, id: string): ParsedProxy | undefined {
  const node = RED.nodes.getNode(id) as ProxyNode | null;
  if (node?.type !== 'http proxy') return undefined;
  const { url, noproxy } = node;
  const entries: unknown[] = Array.isArray(noproxy) ? noproxy : [noproxy];
  return parseProxy({
    url: typeof url === 'string' ? url : '',
    noProxy: entries.filter((entry) => typeof entry === 'string'),
    // A node without credentials has none, whatever its type says.
    ...(node.credentials as ProxyNode['credentials'] | undefined),
  });
}
