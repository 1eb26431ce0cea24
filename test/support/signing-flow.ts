/** Nodes and words that flows with signatures share. */
import type { SchemeId } from '../../src/signature/scheme-facts.ts';
import type { FlowNode } from './node-red.ts';

/** Made up for the tests. */
export const SECRET = 'whsec_c3VydmV5LWhvb2tzLW1hZGUtdXAtZm9yLXRlc3Rz';
export const OLD_SECRET = 'whsec_YW5vdGhlci1tYWRlLXVwLWZvci10aGUtdGVzdHMtb2xk';

export const secretNode = (id: string, scheme: SchemeId, settings: object = {}): FlowNode => ({
  id,
  type: 'signing-secret',
  name: '',
  scheme,
  ...settings,
});

export interface Signature {
  readonly scheme: string | null;
  readonly verified: boolean;
  readonly keyUsed: string | null;
  readonly reason: string | null;
}
