import { isSuccess, parseSuccessRule } from '../../../src/delivery/endpoint/success-rule.ts';
import { factsOf } from '../../../src/survey/formats/format-facts.ts';
import { holdsEnv, toText } from './text.ts';

/** A setting of an endpoint with which it cannot deliver what a format writes. */
export interface Misfit {
  readonly setting: 'success' | 'method';
  /** What the endpoint has now. */
  readonly current: string;
  /** What fits. */
  readonly wanted: string;
}

/** The settings of an endpoint as a flow holds them: what an older version made may lack some, for which the default stands. */
export interface FittedSettings {
  readonly success?: unknown;
  readonly method?: unknown;
}

/** Which settings of an endpoint do not fit the target of a format. What an environment variable fills in is not judged. */
export function misfitsOf(endpoint: FittedSettings, format: string): Misfit[] {
  const facts = factsOf(format);
  // A CIOPulse body goes to receivers of any kind: what they answer is not known.
  if (!facts || format === 'cio-pulse') return [];
  const success = toText(endpoint.success) || '2xx';
  const method = toText(endpoint.method) || 'POST';
  const rule = holdsEnv(success) ? undefined : parseSuccessRule(success);
  const isMissed = rule !== undefined && !isSuccess(rule, Number(facts.answers));
  return [
    ...(method === facts.method
      ? []
      : [{ setting: 'method', current: method, wanted: facts.method } as const]),
    ...(isMissed ? [{ setting: 'success', current: success, wanted: facts.success } as const] : []),
  ];
}
