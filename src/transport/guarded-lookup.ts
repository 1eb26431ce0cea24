import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { NetworkRules } from '../delivery/endpoint/route.ts';
import { refusalOf } from './address-guard.ts';
import { TransportFailure } from './transport-failure.ts';

/**
 * A look-up of names that answers only with addresses that the rules let through. A connection is made to what it answers and to
 * nothing else, so no other answer can come between check and connection. An address that is refused beside others is left out; where
 * none is left, the look-up fails with the reason.
 */
export function guardLookup(lookup: LookupFunction, rules: NetworkRules): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found, family = 0) => {
      if (error) {
        callback(error, []);
        return;
      }
      const all = typeof found === 'string' ? [{ address: found, family }] : found;
      const vetted = vet(host, all, rules);
      if (vetted instanceof Error) callback(vetted, []);
      else give(vetted, options, callback);
    });
  };
}

function vet(
  host: string,
  found: readonly LookupAddress[],
  rules: NetworkRules,
): LookupAddress[] | TransportFailure {
  const judged = found.map((one) => ({ one, refusal: refusalOf({ host, address: one.address }, rules) }));
  const vetted = judged.flatMap(({ one, refusal }) => (refusal === undefined ? [one] : []));
  if (vetted.length > 0) return vetted;
  const [first] = judged;
  return first?.refusal === undefined
    ? new TransportFailure('dns')
    : new TransportFailure('address', first.refusal);
}

function give(
  vetted: LookupAddress[],
  { all }: LookupOptions,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = vetted;
  if (all || !first) callback(null, vetted);
  else callback(null, first.address, first.family);
}
