import type { Node, NodeAPI } from 'node-red';
import type { Certificate } from '../../src/email/smtp-listener.ts';

/** A core `tls-config`, as other nodes use it. */
interface TlsNode extends Node {
  addTLSOptions?(options: Certificate): void;
}

/** The key and certificate of the `tls-config` with this id; undefined where none is named, `missing` where it has none. */
export function findCertificate(RED: NodeAPI, id: unknown): Certificate | 'missing' | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const node = RED.nodes.getNode(id) as TlsNode | null;
  const options: Certificate = {};
  node?.addTLSOptions?.(options);
  const { key, cert, pfx, passphrase } = options;
  if (!pfx && !(key && cert)) return 'missing';
  return { key, cert, pfx, passphrase };
}
