import net from 'node:net';
import { SeededRandom } from './seeded-random.ts';

/** Makes the lines of a request's head; a new one for each request. */
export type MakeHead = () => readonly string[];

interface Plan {
  readonly port: number;
  readonly kinds: readonly [MakeHead, MakeHead];
  /** Of each kind. */
  readonly count: number;
  readonly seed: number;
  readonly expect: RegExp;
}

/**
 * How long requests of two kinds wait for the first byte of their answers, in µs; one after the other, in an order by chance, so that
 * whatever else goes on meets both alike. Each has a connection of its own, which is there before the time starts: a refusal ends it.
 */
export async function timeBoth({ port, kinds, count, seed, expect }: Plan): Promise<[number[], number[]]> {
  // All are made before: making one kind may leave this process, and the machine's caches, in another state than making the other.
  const [one, other] = kinds.map((makeHead) => Array.from({ length: count }, () => toBytes(makeHead())));
  const requests = [
    ...(one ?? []).map((bytes) => ({ kind: 0, bytes }) as const),
    ...(other ?? []).map((bytes) => ({ kind: 1, bytes }) as const),
  ];
  const times: [number[], number[]] = [[], []];
  for (const { kind, bytes } of shuffle(requests, new SeededRandom(seed)))
    times[kind].push(await timeOne(port, bytes, expect));
  return times;
}

const toBytes = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);

function shuffle<Item>(items: Item[], random: SeededRandom): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const [a, b] = [items[at], items[other]] as [Item, Item];
    [items[at], items[other]] = [b, a];
  }
  return items;
}

async function timeOne(port: number, bytes: Buffer, expect: RegExp): Promise<number> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const start = process.hrtime.bigint();
  const answer = new Promise<[bigint, string]>((resolve, reject) => {
    socket
      .once('data', (data) => resolve([process.hrtime.bigint(), data.toString('latin1')]))
      .once('error', reject);
  });
  socket.write(bytes);
  const [end, text] = await answer;
  socket.destroy();
  if (!expect.test(text)) throw new Error(`Another answer came: ${text}`);
  return Number(end - start) / 1000;
}
