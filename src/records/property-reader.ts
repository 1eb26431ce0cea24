import { types } from 'node:util';
import { isEmailAddress } from '../email-address.ts';
import { formatIsoTime, parseUtcTime } from '../platform/utc-time.ts';
import { describeValue, pointerTo, printable, type Violation } from '../violation.ts';
import { nameIdentifier, phoneIdentifier, type Identifier } from './identifier.ts';
import { toJson } from './json-value.ts';
import type { Properties } from './record-store.ts';

/** How the built-in property of a data type is called in a record. */
export type PropertyNames = (builtIn: string) => string;

/** No name is longer: it is compared, indexed and normalised. In characters. */
const LONGEST_NAME = 1000;

/** NUL, and half of a surrogate pair, as where a name was cut: stored they would be the same as others, or nothing at all. */
const NO_TEXT = /[\0\p{Cs}]/u;

/** Reads the properties of one record, by their built-in names, and gathers what is wrong with them: everything, not only the first. */
export class PropertyReader {
  readonly violations: Violation[] = [];
  readonly nameOf: PropertyNames;
  readonly #payload: Properties;
  /** Properties of the payload that have been read. */
  readonly #read = new Set<string>();

  constructor(payload: Properties, nameOf: PropertyNames) {
    this.#payload = payload;
    this.nameOf = nameOf;
  }

  /** A text without outer spaces; undefined where nothing is sent, or what is sent is wrong. */
  text(builtIn: string): string | undefined {
    const value = this.#take(builtIn);
    const text = textOf(value);
    if (isMissing(value)) return undefined;
    if (text === undefined) this.report(builtIn, 'type', `must be a text, not ${describeValue(value)}`);
    else if (text.length > LONGEST_NAME)
      this.report(builtIn, 'maxLength', `must be at most ${LONGEST_NAME} characters long`);
    else if (NO_TEXT.test(text)) this.report(builtIn, 'characters', 'holds a character that is no text');
    else return text;
    return undefined;
  }

  /** A text that must be there. What is answered where it is not is never used, because there is a violation then. */
  requiredText(builtIn: string): string {
    return this.#required(builtIn, this.text(builtIn)) ?? '';
  }

  name(builtIn: string): Identifier | undefined {
    const text = this.text(builtIn);
    return text === undefined ? undefined : nameIdentifier(text);
  }

  /** As for `requiredText`. */
  requiredName(builtIn: string): Identifier {
    return nameIdentifier(this.requiredText(builtIn));
  }

  email(builtIn: string): Identifier | undefined {
    const text = this.text(builtIn);
    if (text === undefined) return undefined;
    if (isEmailAddress(text)) return nameIdentifier(text);
    this.report(builtIn, 'format', `must be an email address, not ${describeValue(text)}`);
    return undefined;
  }

  phone(builtIn: string): Identifier | undefined {
    const text = this.text(builtIn);
    const phone = text === undefined ? undefined : phoneIdentifier(text);
    if (phone?.key !== '') return phone;
    this.report(builtIn, 'format', `must be a phone number, not ${describeValue(text)}`);
    return undefined;
  }

  /** Epoch ms; undefined where nothing is sent, or what is sent is wrong. */
  time(builtIn: string): number | undefined {
    const value = this.#take(builtIn);
    if (isMissing(value)) return undefined;
    const text = types.isDate(value) ? dateText(value) : value;
    const at = typeof text === 'string' ? parseUtcTime(text) : undefined;
    if (typeof text !== 'string')
      this.report(builtIn, 'type', `must be a date and time, not ${describeValue(value)}`);
    else if (at === undefined)
      this.report(builtIn, 'format', `must be a date and time that exists, not ${describeValue(text)}`);
    return at;
  }

  /** As for `requiredText`. */
  requiredTime(builtIn: string): number {
    return this.#required(builtIn, this.time(builtIn)) ?? 0;
  }

  /** Whether anything is sent, be it right or wrong. */
  isSent(builtIn: string): boolean {
    return !isMissing(this.#value(builtIn));
  }

  report(builtIn: string, rule: string, complaint: string): void {
    this.violations.push(violationAt(this.nameOf(builtIn), rule, complaint));
  }

  /** All properties that have not been read, as JSON. */
  rest(): Properties {
    const entries = Object.entries(this.#payload).filter(([name]) => !this.#read.has(name));
    return Object.fromEntries(
      entries
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, this.#json(name, value)]),
    );
  }

  #json(name: string, value: unknown): unknown {
    const copy = name === '__proto__' ? NO_PROTOTYPE : toJson(value);
    if (copy.kind === 'json') return copy.value;
    const complaint = `cannot be stored: it is or holds ${copy.problem}`;
    this.violations.push(violationAt(name, 'json', complaint));
    return undefined;
  }

  #take(builtIn: string): unknown {
    this.#read.add(this.nameOf(builtIn));
    return this.#value(builtIn);
  }

  #value(builtIn: string): unknown {
    const name = this.nameOf(builtIn);
    return Object.hasOwn(this.#payload, name) ? this.#payload[name] : undefined;
  }

  #required<Value>(builtIn: string, value: Value | undefined): Value | undefined {
    if (value === undefined && !this.isSent(builtIn)) this.report(builtIn, 'required', 'is required');
    return value;
  }
}

const NO_PROTOTYPE = { kind: 'problem', problem: 'the name __proto__' } as const;

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const dateText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? String(date) : formatIsoTime(date.getTime());

/** A mapping can make a number or a truth value of what is text by itself. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  const isExact = typeof value === 'number' && Number.isFinite(value);
  return isExact || typeof value === 'boolean' ? String(value) : undefined;
}

function violationAt(name: string, rule: string, complaint: string): Violation {
  const field = printable(name);
  return { field, path: pointerTo(name), rule, message: `${field} ${complaint}.` };
}
