import assert from 'node:assert/strict';
import { until } from '../../support/until.ts';
import type { NodeRed } from '../../support/node-red.ts';
import type { ExampleSteps } from './survey-flows.ts';

type Steps = Pick<ExampleSteps, 'nodeRed' | 'press' | 'shows' | 'shown'>;

/** The examples of what an endpoint can do beside taking deliveries, by file. */
export const outboundFlows = ({
  nodeRed,
  press,
  shows,
  shown,
}: Steps): Record<string, () => Promise<void>> => ({
  '23 - Open an issue and keep its number.json': async () => {
    await press('23', 'Bad response');
    await shows('Tracker: new issue', /Survey of INC123456: 3 of 10/);
    await shows('Captured', /favorites: \{ Issue: 'BUG-42' \}[\s\S]*problems: \[\]/);
    await press('23', 'Later comment');
    await shows('Tracker: comment on', /BUG-42/);
    await shows('Commented', /status: 'Succeeded'/);
    await press('23', 'What is kept');
    await shows('Kept', /key: 'BUG-42'/);
    await shows('Kept', /'fields\.created': '2026-01-31T08:00:00\.000Z'/);
  },
  '24 - Keep the order.json': async () => {
    const received = (): string[] => updatesOf(shown('Receiver shows'));
    await press('24', 'Three updates');
    await until(() => received().length === 3, { what: () => `three updates: ${received().join()}` });
    await press('24', 'Receiver is down');
    await press('24', 'Three updates');
    await until(async () => (await openAttempts(nodeRed())).includes(1), { what: () => 'a failed attempt' });
    assert.deepEqual((await openAttempts(nodeRed())).toSorted(), [0, 0, 1]);
    await press('24', 'Receiver is up');
    await until(() => received().length === 6, { what: () => `six updates: ${received().join()}` });
    assert.deepEqual(received(), [...UPDATES, ...UPDATES]);
  },
  '25 - Ask the CRM first.json': async () => {
    await press('25', 'Known customer');
    await shows('Chat shows', /carole \(gold, looked after by Olga\): 3 of 10\. Nobody called back\./);
    await press('25', 'Unknown customer');
    await shows('Chat shows', /nobody \(not in the CRM\): 3 of 10\. Who are you\?/);
  },
});

const UPDATES = ['opened', 'in work', 'solved'];

/** How many attempts each delivery in progress for the endpoint has had. */
async function openAttempts(nodeRed: NodeRed): Promise<number[]> {
  const answer = await nodeRed.admin('survey-hooks/deliveries?status=In%20Progress');
  const { items } = answer.json() as { items: { endpointName: string; attempts: number }[] };
  return items.filter(({ endpointName }) => endpointName === 'In order').map(({ attempts }) => attempts);
}

/** What the receiver was sent, in the order in which it came. */
const updatesOf = (entries: readonly string[]): string[] =>
  entries.flatMap((entry) => /status: '([a-z ]+)'/.exec(entry)?.[1] ?? []);
