import fc from 'fast-check';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { Reply } from './scripted-transport.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** By then all has ended whose receiver takes it: the longest delay of the policy, and a probe before it. */
const LONG_ENOUGH_MS = 8 * MINUTE;

export const IDS = ['a', 'b'] as const;
export type Id = (typeof IDS)[number];

type Deed = 'remove' | 'enable' | 'disable' | 'test';

/** What happens in the life of an engine. */
export type Step =
  | { readonly kind: 'accept'; readonly ids: readonly Id[]; readonly count: number }
  | { readonly kind: 'replies'; readonly id: Id; readonly reply: Reply }
  | { readonly kind: 'let-go'; readonly statusCode: number }
  | { readonly kind: 'deploy'; readonly id: Id; readonly settings: Partial<EndpointSettings> }
  | { readonly kind: Deed; readonly id: Id }
  | { readonly kind: 'resend'; readonly nth: number; readonly to: Id | undefined }
  | { readonly kind: 'resend-all'; readonly to: Id | undefined }
  | { readonly kind: 'crash' | 'stop' | 'store-down' }
  | { readonly kind: 'advance' | 'jump'; readonly ms: number };

const anyId = fc.constantFrom(...IDS);
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      ids: fc.subarray([...IDS], { minLength: 1 }),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('replies' as const),
      id: anyId,
      reply: fc.constantFrom<Reply>(200, 503, 503, 503, 400, 410, 'hang', { afterMs: 7000, reply: 503 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('let-go' as const),
      statusCode: fc.constantFrom(200, 503, 410),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('deploy' as const),
      id: anyId,
      settings: fc.record(
        {
          enabled: fc.boolean(),
          circuit: fc.boolean(),
          ordered: fc.boolean(),
          requireTestFire: fc.boolean(),
          ratePerSecond: fc.constantFrom(0, 1),
          url: fc.constantFrom('/', '/other'),
        },
        { requiredKeys: ['circuit', 'ordered', 'url'] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom<Deed[]>('remove', 'enable', 'disable', 'test'),
      id: anyId,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('resend' as const),
      nth: fc.nat(20),
      to: fc.option(anyId, { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resend-all' as const),
      to: fc.option(anyId, { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('crash' as const, 'stop' as const, 'store-down' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      ms: fc.constantFrom(-10 * MINUTE, 10 * MINUTE),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(0, 100, 5 * SECOND, 31 * SECOND, 2 * MINUTE),
    }),
  },
);

/** What was due before the clock was set back is due as much later. */
export const longEnough = (steps: readonly Step[]): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'jump' ? Math.max(-step.ms, 0) : 0), LONG_ENOUGH_MS);
