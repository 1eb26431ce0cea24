import { HookError } from '../../errors.ts';

/** The body that ServiceNow's `order_now` of a catalogue item takes. */
export interface ServiceNowOrder {
  readonly sysparm_quantity: '1';
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Wraps a body for ServiceNow: as JSON, `{"sysparm_quantity":"1","variables":` + the body + `}`. The body is an object whose
 * values are texts, such as the 25 keys of CIOPulse. Throws HOOK_MESSAGE_UNREADABLE for another.
 */
export function wrapServiceNow(body: unknown): ServiceNowOrder {
  if (!isVariables(body))
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'The ServiceNow wrap takes an object whose values are all texts, such as what the format CIOPulse makes.',
    );
  return { sysparm_quantity: '1', variables: body };
}

function isVariables(body: unknown): body is Readonly<Record<string, string>> {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    Object.values(body).every((value) => typeof value === 'string')
  );
}
