import { HookError } from '../../errors.ts';
import { describeValue, printable, type Violation } from '../../violation.ts';
import { readDrivers, type DriverRules } from '../drivers.ts';
import { describeScores, readScore, type Measuring } from '../measuring.ts';
import { isLink, LINK_PREFIX, type TextProperty } from '../record-property.ts';
import type { CodeAndName, DriverValue } from '../survey-response.ts';
import { readTime } from './read-time.ts';
import { isFields, type Finding, type Found } from './source.ts';

/** More than any survey has; a stranger's list is not followed further. */
const MOST_SEGMENTS = 200;
/** An error names so many things that are wrong; all of them are in its details. */
const MOST_SAID = 10;

/** Reads what was found, value by value, each as what it is to be, and remembers those that it could not read. */
export class ValueReader {
  readonly #found: Found;
  readonly #refusals: Violation[];
  readonly #violations: Violation[] = [];

  constructor(found: Found) {
    this.#found = found;
    this.#refusals = [...(found.refusals ?? [])];
  }

  /** What breaks a rule and yet can be read. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }

  text(property: TextProperty): string {
    const finding = this.#found.values[property];
    return finding ? this.#text(finding, property) : '';
  }

  /** ISO 8601 UTC, also where no zone was given; empty where there is none. */
  time(): string {
    const finding = this.#found.values.submittedAt;
    if (!finding) return '';
    const time = readTime(finding.value);
    return (
      time ??
      this.#refuse(finding, 'submittedAt', { expected: 'a time such as 2026-01-31 14:05:00', instead: '' })
    );
  }

  score(measuring: Measuring): number | null {
    const finding = this.#found.values.score;
    if (!finding) return null;
    const score = readScore(finding.value, measuring);
    if (score !== undefined) return score;
    return this.#refuse(finding, 'score', { expected: describeScores(measuring), instead: null });
  }

  drivers(rules: DriverRules): Record<string, DriverValue> {
    const finding = this.#found.values.drivers;
    if (!finding) return {};
    const read = readDrivers(finding.value, rules);
    if (!read)
      return this.#refuse(finding, 'drivers', {
        expected: 'a list of names, or an object of 0, 1 and -1',
        instead: {},
      });
    this.#refusals.push(...read.refusals);
    this.#violations.push(...read.violations);
    return read.drivers;
  }

  /** A list of code and name, or of names; one of either counts as a list. */
  segments(): CodeAndName[] {
    const finding = this.#found.values.segments;
    if (finding?.value === undefined || finding.value === null || finding.value === '') return [];
    const list: readonly unknown[] = Array.isArray(finding.value) ? finding.value : [finding.value];
    const expected = `a list of at most ${MOST_SEGMENTS} objects with code and name`;
    if (list.length > MOST_SEGMENTS) return this.#refuse(finding, 'segments', { expected, instead: [] });
    return list.map((value) => {
      const { code, name } = isFields(value) ? value : { code: '', name: value };
      const part = (sent: unknown): string => this.#text({ ...finding, value: sent }, 'segments');
      return { code: part(code), name: part(name) };
    });
  }

  links(): Record<string, string> {
    const findings: readonly (readonly [string, Finding | undefined])[] = Object.entries(this.#found.values);
    const links = findings.flatMap(([property, finding]) => {
      const url = finding && isLink(property) ? this.#text(finding, property) : '';
      return url === '' ? [] : [[property.slice(LINK_PREFIX.length), url] as const];
    });
    return Object.fromEntries(links);
  }

  /** Throws HOOK_MESSAGE_UNREADABLE where something could not be read. */
  finish(title: string): void {
    if (this.#refusals.length === 0) return;
    const said = this.#refusals.slice(0, MOST_SAID).map(({ message }) => message);
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      `The survey response (${title}) cannot be read. ${said.join(' ')}`,
      { details: { violations: this.#refusals } },
    );
  }

  #text(finding: Finding, property: string): string {
    const text = textOf(finding.value);
    return text ?? this.#refuse(finding, property, { expected: 'a text', instead: '' });
  }

  #refuse<Value>(
    { value, field, path }: Finding,
    property: string,
    { expected, instead }: { readonly expected: string; readonly instead: Value },
  ): Value {
    const name = printable(field === '' ? property : field);
    const message = `${name} must be ${expected}, not ${describeValue(value)}.`;
    this.#refusals.push({ field: name, path, rule: 'type', message });
    return instead;
  }
}

/** Empty where there is nothing; undefined for what is no text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return value instanceof Date ? readTime(value) : undefined;
}
