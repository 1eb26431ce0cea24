import { createRequire } from 'node:module';

interface SerializationContext {
  readonly eventCount: number;
  getEventAt(index: number): { readonly message: string };
}

interface Parser {
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: SerializationContext): void;
    toJSON(context: SerializationContext): unknown;
  };
  readonly SerializationContext: new (version: unknown) => SerializationContext;
  readonly Version: new (major: number, minor: number) => unknown;
}

// Its types are a browser's, which tests do not have.
const { AdaptiveCard, SerializationContext, Version } = createRequire(import.meta.url)(
  'adaptivecards',
) as Parser;

/**
 * What Microsoft's own parser makes of a card for a host of version 1.4: its objections, and the card as it understood it,
 * without anything that it does not know.
 */
export function parseCard(card: unknown): { readonly problems: string[]; readonly understood: unknown } {
  const context = new SerializationContext(new Version(1, 4));
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  return {
    problems: Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message),
    understood: parsed.toJSON(new SerializationContext(new Version(1, 4))),
  };
}
