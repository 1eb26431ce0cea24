/** Who gave a score from 0 to 10: a detractor up to 6, a passive up to 8, a promoter above. */
export type NpsClass = 'detractor' | 'passive' | 'promoter';

export const NPS_SCALE = { min: 0, max: 10, direction: 'higher-is-better' } as const;

/** The class of a score; null without one. The score is a whole number from 0 to 10. */
export function npsClassOf(score: number | null): NpsClass | null {
  if (score === null) return null;
  if (score <= 6) return 'detractor';
  return score <= 8 ? 'passive' : 'promoter';
}
