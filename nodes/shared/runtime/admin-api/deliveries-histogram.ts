import type { DeliveryLog, HourCount } from '../../../../src/delivery/delivery-log.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** How the deliveries stand that were accepted in each of the last 24 hours, the one that runs among them; oldest first. */
export async function histogram(log: DeliveryLog, now: number) {
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: HOURS }, (_, index) => last - (HOURS - 1 - index) * HOUR_MS);
  return { items: (await log.countHours(hours)).map(hourJson) };
}

const hourJson = ({ from, counts }: HourCount) => ({
  from: new Date(from).toISOString(),
  succeeded: counts.Succeeded,
  failed: counts.Failed,
  inProgress: counts['In Progress'],
});
