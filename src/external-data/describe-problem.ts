import { printable } from '../violation.ts';
import type { CaptureProblem } from './external-data.ts';

/** A problem in one sentence or two, for a log. */
export function describeProblem(groupName: string, { label, parameter, message }: CaptureProblem): string {
  const field = label === '' ? '' : `, ${printable(label)} (${printable(parameter)})`;
  return `External data ${printable(groupName)}${field}: ${message}`;
}
