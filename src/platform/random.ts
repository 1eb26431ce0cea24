/** A number from 0 (included) to 1 (not). Not for secrets. */
export type Random = () => number;

/** The machine's own. */
export const systemRandom: Random = () => Math.random();
