import { BODY_MUTATIONS } from './body-mutations.ts';
import type { Draft } from './draft.ts';
import { FRAMING_MUTATIONS } from './framing-mutations.ts';
import { HEADER_MUTATIONS } from './header-mutations.ts';
import { LINE_MUTATIONS } from './line-mutations.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** In this order: the target decides on what a header may be, and the body is there before it is framed. */
const GROUPS = [BODY_MUTATIONS, LINE_MUTATIONS, HEADER_MUTATIONS, FRAMING_MUTATIONS];

/** Spoils one to three parts of a request, the body before what is made of it. */
export function mutate(draft: Draft, random: SeededRandom): void {
  draft.isGood = false;
  const groups = GROUPS.filter(() => random.chance(0.45));
  for (const group of groups.length > 0 ? groups : [LINE_MUTATIONS]) random.pick(group)(draft, random);
}
