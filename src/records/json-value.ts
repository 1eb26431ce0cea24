import { types } from 'node:util';

/** A value as JSON has it, apart from the one it was made of; or why there is none, in words that follow "is or holds". */
export type JsonCopy =
  { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'problem'; readonly problem: string };

/** As deep as hooks take it: copying a message ends in a stack overflow near 3,000 levels. */
const MOST_LEVELS = 100;

/** A value that is held twice counts twice, or a few objects that hold one another could take years to write. */
const MOST_VALUES = 10_000;

/**
 * Copies a value as JSON. What JSON would leave out or change unasked, such as functions, buffers, infinite numbers and circles, is a
 * problem; times become ISO 8601 text, and what is undefined is left out.
 */
export function toJson(value: unknown): JsonCopy {
  const problem = findProblem(value, { holders: [], count: { left: MOST_VALUES } });
  if (problem !== undefined) return { kind: 'problem', problem };
  return { kind: 'json', value: JSON.parse(JSON.stringify(value)) as unknown };
}

interface Place {
  /** The objects that the value is in, outermost first. */
  readonly holders: readonly object[];
  readonly count: { left: number };
}

function findProblem(value: unknown, place: Place): string | undefined {
  place.count.left -= 1;
  if (place.count.left < 0) return `more than ${MOST_VALUES} values`;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number that is not finite';
  if (typeof value === 'object' && value !== null) return problemOfObject(value, place);
  return ['function', 'symbol', 'bigint'].includes(typeof value) ? `a ${typeof value}` : undefined;
}

function problemOfObject(value: object, { holders, count }: Place): string | undefined {
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'a time that does not exist' : undefined;
  if (ArrayBuffer.isView(value)) return 'a buffer';
  return Array.isArray(value) || isPlain(value)
    ? problemOfParts(value, { holders, count })
    : 'an object that is no plain one';
}

function problemOfParts(value: object, { holders, count }: Place): string | undefined {
  if (holders.includes(value)) return 'an object that holds itself';
  if (holders.length >= MOST_LEVELS) return `more than ${MOST_LEVELS} levels`;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__') return 'the name __proto__';
    const problem = findProblem(inner, { holders: [...holders, value], count });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Objects from a function node have the prototype of another realm: what they have in common is that nothing is above it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
