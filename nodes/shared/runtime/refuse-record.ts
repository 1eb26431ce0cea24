import type { NodeMessage } from 'node-red';
import { refusalOf } from '../../../src/mapping/record-mapping.ts';
import type { Violation } from '../../../src/violation.ts';

/**
 * Makes the answer to its sender of a message whose record is refused. Headers that came with the message would be the answer's: a
 * length or an encoding of another body breaks it.
 */
export function refuseRecord(message: NodeMessage, violations: readonly Violation[]): NodeMessage {
  const refused = Object.assign(message, { payload: refusalOf(violations), violations, statusCode: 422 });
  Reflect.deleteProperty(refused, 'headers');
  return refused;
}
