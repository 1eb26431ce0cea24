import type { Node } from 'node-red';
import { describeProblem } from '../../../src/external-data/describe-problem.ts';
import type { CaptureProblem } from '../../../src/external-data/external-data.ts';

type Warn = (groupName: string, problems: readonly CaptureProblem[]) => void;

/** Warns of values that were not taken, of each problem once while the node is there: the messages tell it each time. */
export function problemWarnings(node: Pick<Node, 'warn'>): Warn {
  const warned = new Set<string>();
  return (groupName, problems) => {
    for (const problem of problems) {
      const words = describeProblem(groupName, problem);
      if (warned.has(words)) continue;
      warned.add(words);
      node.warn(words);
    }
  };
}
