import type { Draft } from './draft.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** Spoils a part of a request. */
export type Mutation = (draft: Draft, random: SeededRandom) => void;
