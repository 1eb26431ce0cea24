import { describeValue, pointerTo, printable, type Violation } from '../violation.ts';
import type { Tone } from './metric.ts';
import type { DriverValue } from './survey-response.ts';

type Drivers = Record<string, DriverValue>;

/** What drivers are read by. */
export interface DriverRules {
  /** The names there are; none = any. */
  readonly factors: readonly string[];
  /** What the respondent says on the whole; null where that is not known. */
  readonly tone: Tone | null;
}

export interface ReadDrivers {
  readonly drivers: Drivers;
  /** Names and selections that break a rule. */
  readonly violations: readonly Violation[];
  /** Values that are none; the record cannot be read. */
  readonly refusals: readonly Violation[];
}

/** More than any survey offers; a stranger's list is not followed further. */
const MOST_DRIVERS = 200;

/** No text with so many names is longer. */
const LONGEST_TEXT = 20_000;

const VALUES: ReadonlyMap<unknown, DriverValue> = new Map<unknown, DriverValue>([
  [undefined, 0],
  [null, 0],
  ['', 0],
  ['0', 0],
  ['1', 1],
  ['-1', -1],
  [0, 0],
  [1, 1],
  [-1, -1],
]);

/** What a selected driver is: a good one where the respondent is content, else a bad one (CIOPulse's rule). */
export const selectedValue = (tone: Tone): DriverValue => (tone === 'good' ? 1 : -1);

/**
 * Reads drivers: an object of -1, 0 and 1 as it is; the names that were selected, as a list or as a text with commas, by the rule
 * of experience factors. Undefined for anything else.
 */
export function readDrivers(value: unknown, rules: DriverRules): ReadDrivers | undefined {
  const names = selectedNames(value);
  if (names) return names.length > MOST_DRIVERS ? undefined : fromNames(names, rules);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length > MOST_DRIVERS ? undefined : fromValues(entries, rules);
}

function selectedNames(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' && value.length > LONGEST_TEXT) return undefined;
  const list: unknown = typeof value === 'string' ? value.split(/[,;\n]/) : value;
  if (!Array.isArray(list) || !list.every((name) => typeof name === 'string' || typeof name === 'number'))
    return undefined;
  const names = list.map((name) => String(name).trim()).filter((name) => name !== '');
  return [...new Set(names)];
}

function fromNames(names: readonly string[], { factors, tone }: DriverRules): ReadDrivers {
  const drivers = new Map<string, DriverValue>(factors.map((factor) => [factor, 0]));
  const violations: Violation[] = [];
  for (const name of names) {
    const factor = factorNamed(name, factors);
    if (factor === undefined) violations.push(unknown(name));
    else if (tone === null) violations.push(undecided(factor));
    if (factor !== undefined) drivers.set(factor, tone === null ? 0 : selectedValue(tone));
  }
  return { drivers: Object.fromEntries(drivers), violations, refusals: [] };
}

function fromValues(entries: readonly (readonly [string, unknown])[], { factors }: DriverRules): ReadDrivers {
  const drivers = new Map<string, DriverValue>();
  const violations: Violation[] = [];
  const refusals: Violation[] = [];
  for (const [name, sent] of entries) {
    const value = VALUES.get(typeof sent === 'string' ? sent.trim() : sent);
    if (value === undefined) refusals.push(noValue(name, sent));
    if (value !== 0 && factorNamed(name, factors) === undefined) violations.push(unknown(name));
    if (name !== '__proto__') drivers.set(name, value ?? 0);
  }
  return { drivers: Object.fromEntries(drivers), violations, refusals };
}

/** The factor that a name means, whatever its case; any name but one where there are no factors. */
function factorNamed(name: string, factors: readonly string[]): string | undefined {
  if (name === '__proto__') return undefined;
  if (factors.length === 0) return name;
  const key = name.toLowerCase();
  return factors.find((factor) => factor.toLowerCase() === key);
}

function unknown(name: string): Violation {
  const field = printable(name);
  return { field, path: pointerTo(name), rule: 'unknown', message: `${field} is none of the factors.` };
}

function undecided(name: string): Violation {
  const field = printable(name);
  const message = `${field} was selected, but without a score it is neither a good nor a bad factor.`;
  return { field, path: pointerTo(name), rule: 'factor', message };
}

function noValue(name: string, sent: unknown): Violation {
  const field = printable(name);
  const message = `${field} must be 0, 1 or -1, not ${describeValue(sent)}.`;
  return { field, path: pointerTo(name), rule: 'type', message };
}
