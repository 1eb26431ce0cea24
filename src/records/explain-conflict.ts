import { pointerTo, printable, type Violation } from '../violation.ts';
import type { PropertyNames } from './property-reader.ts';
import type { RecordConflict } from './record-store.ts';

/** Stable for scripts. */
const RULE = 'identifier conflict';

/** Says which identifier of a record contradicts what is stored; never anything of what is stored. */
export function explainConflict({ about }: RecordConflict, nameOf: PropertyNames): Violation {
  if (about === 'alias') {
    const field = printable(nameOf('alias'));
    const message = `${field} is the name of another account, so it cannot be an alias too.`;
    return { field, path: pointerTo(nameOf('alias')), rule: RULE, message };
  }
  const [email, phone] = [printable(nameOf('email')), printable(nameOf('phone'))];
  return {
    field: `${email} and ${phone}`,
    path: '',
    rule: RULE,
    message: `${email} and ${phone} belong to two contacts. Send only the one that is right, or correct the contacts first.`,
  };
}
