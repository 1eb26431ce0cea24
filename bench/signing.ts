/** What signing and verifying 1 KB costs, beside a bare HMAC over the same bytes in the same run: `node bench/signing.ts`. */
import { createHmac, createSecretKey } from 'node:crypto';
import { parseSigningSecret, type SigningSecretSettings } from '../src/signature/signing-secret-settings.ts';
import type { SigningSecret } from '../src/signature/signing-secret.ts';
import { interleave, table } from './ratios.ts';

const ROUNDS = 15;
const ROUND_MS = 40;
/** Calls between two looks at the clock. */
const BATCH = 50;
const NOW = 1_700_000_000_000;
const PEER = 'bare createHmac, sha256, hex';

const bytes = Buffer.alloc(1024, 'a body of one kilobyte, ');
const key = Buffer.alloc(32, 7);
const whsec = `whsec_${key.toString('base64')}`;
const whsk = `whsk_${key.toString('base64')}`;
const hex = key.toString('hex');

function secretOf(
  settings: Omit<SigningSecretSettings, 'id' | 'credentials'>,
  secret: string,
): SigningSecret {
  const parsed = parseSigningSecret({ id: 'bench', ...settings, credentials: { secret } });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.secret;
}

const SECRETS: Readonly<Record<string, SigningSecret>> = {
  'standard-webhooks, HMAC': secretOf({ scheme: 'standard-webhooks' }, whsec),
  'customer-thermometer': secretOf({ scheme: 'customer-thermometer' }, hex),
  'generic, timestamp and body': secretOf(
    { scheme: 'generic', prefix: 'v1=', template: '{{timestamp}}.{{body}}', timestampHeader: 't=' },
    hex,
  ),
  'standard-webhooks, ed25519': secretOf({ scheme: 'standard-webhooks' }, whsk),
};

/** Calls a second, over about `ROUND_MS`. */
function rate(call: () => unknown): Promise<number> {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ROUND_MS) {
    for (let at = 0; at < BATCH; at++) call();
    count += BATCH;
  }
  return Promise.resolve((count * 1000) / (performance.now() - start));
}

function waysOf(secret: SigningSecret, name: string): [string, () => Promise<number>][] {
  const outgoing = { bytes, id: 'msg_1', method: 'POST', url: undefined, headers: {} };
  const signature = Object.entries(secret.sign(outgoing, NOW));
  const headers = Object.fromEntries(signature.map(([header, value]) => [header.toLowerCase(), value]));
  const received = { bytes, headers, method: 'POST', origin: undefined, target: undefined };
  if (!secret.verify(received, NOW).verified) throw new Error(`${name} does not verify what it signs.`);
  return [
    [`${name}, sign`, () => rate(() => secret.sign(outgoing, NOW))],
    [`${name}, verify`, () => rate(() => secret.verify(received, NOW))],
  ];
}

/** A table of rates, and the time of a call beside it. */
export async function benchSigning(): Promise<string> {
  // A key object, as ours are: made of bytes at each call, the key costs more than the rest.
  const keyObject = createSecretKey(key);
  const bare = () => createHmac('sha256', keyObject).update(bytes).digest('hex');
  const ways = Object.entries(SECRETS).flatMap(([name, secret]) => waysOf(secret, name));
  const rates = await interleave({ [PEER]: () => rate(bare), ...Object.fromEntries(ways) }, ROUNDS);
  const times = [...rates].map(([name, values]) => {
    const best = 1_000_000 / Math.max(...values);
    return `  ${name.padEnd(46)}${best.toFixed(1).padStart(8)} µs`;
  });
  return [table('Signing 1 KB', rates, PEER), 'Best round, time of a call', ...times].join('\n');
}

if (import.meta.main) console.log(await benchSigning());
