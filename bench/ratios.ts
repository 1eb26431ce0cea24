/** Rates of several ways to do the same work, by name, a list of rounds each. */
export type Rounds = Map<string, number[]>;

/** Runs each way once in every round, in turn, so that what else the machine does hits all of them. */
export async function interleave(
  ways: Readonly<Record<string, () => Promise<number>>>,
  rounds: number,
): Promise<Rounds> {
  const rates: Rounds = new Map(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(ways)) rates.get(name)?.push(await run());
  return rates;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** A table: rate, and the median over the rounds of its ratio to the peer's rate in the same round. */
export function table(title: string, rates: Rounds, peer: string): string {
  const base = rates.get(peer) ?? [];
  const rows = [...rates].map(([name, values]) => {
    const ratio = median(values.map((value, round) => value / (base[round] ?? NaN)));
    return `  ${name.padEnd(46)}${median(values).toFixed(0).padStart(8)} /s${ratio.toFixed(2).padStart(8)} x`;
  });
  return [`${title} (median of ${base.length} rounds; x = times "${peer}")`, ...rows].join('\n');
}
